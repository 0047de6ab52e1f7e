// What becomes of a message at a mail server that is down, stalls or breaks off: each ends in bounded time, and the
// message is left to a later try.

import { describe, expect, it } from "vitest";
import { mail, openTransport } from "./open-transport.ts";
import { startScriptedServer, startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";

describe("a server that is not well", () => {
  it("is unavailable when it is down", async () => {
    const receiver = await startSmtpReceiver();
    await receiver[Symbol.asyncDispose]();
    await using transport = openTransport(receiver.url);

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("ECONNREFUSED"));
  });

  it("is given up within the bound when its greeting never comes", async () => {
    await using server = await startScriptedServer(() => undefined);
    const timeouts = {
      connectionMs: 20_000,
      greetingMs: 300,
      silenceMs: 20_000,
      messageMs: 20_000,
    };
    await using transport = openTransport(server.url, { timeouts });
    const startedAt = performance.now();

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("did not answer in time"));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it("is given up within the bound when it answers byte by byte without end", async () => {
    await using server = await startScriptedServer((socket) => {
      socket.write("220 mail.example.com\r\n");
      const trickle = setInterval(() => socket.write("250-x\r\n"), 50);
      socket.on("close", () => clearInterval(trickle));
    });
    await using transport = openTransport(server.url, { timeouts: { messageMs: 900 } });
    const startedAt = performance.now();

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("900 ms"));
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it("leaves a message to a later try when it breaks off after the final dot", async () => {
    await using server = await startScriptedServer((socket) => {
      let message: string | null = null;
      socket.write("220 mail.example.com\r\n");
      socket.on("data", (chunk) => {
        if (message === null) {
          message = chunk.toString().startsWith("DATA") ? "" : null;
          socket.write(message === null ? "250 ok\r\n" : "354 go on\r\n");
          return;
        }
        message += chunk.toString();
        if (message.endsWith("\r\n.\r\n")) socket.destroy();
      });
    });
    await using transport = openTransport(server.url);

    expect(await transport.send(mail)).toMatchObject({ kind: "unavailable" });
  });

  it("leaves a message that it took but never confirmed to a later try, under the same Message-ID", async () => {
    const breaksOff = [true];
    await using receiver = await startSmtpReceiver({
      // The message is in, and its 250 is never written.
      atData: () => (breaksOff.shift() === true ? new Promise(() => undefined) : undefined),
    });
    await using transport = openTransport(receiver.url, { timeouts: { silenceMs: 1_000 } });

    const first = await transport.send(mail);
    const second = await transport.send(mail);

    expect(first).toMatchObject({ kind: "unavailable" });
    expect(second).toMatchObject({ kind: "sent" });
    expect(receiver.received.map(({ parsed }) => parsed.messageId)).toEqual([
      mail.messageId,
      mail.messageId,
    ]);
  });

  it("is tried once a call: a connection that is cut is not tried again behind the caller's back", async () => {
    const connections: number[] = [];
    await using server = await startScriptedServer((socket) => {
      connections.push(connections.length);
      socket.end();
    });
    await using transport = openTransport(server.url);

    expect(await transport.send(mail)).toMatchObject({ kind: "unavailable" });
    expect(connections).toHaveLength(1);
  });
});
