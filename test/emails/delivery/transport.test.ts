// What becomes of a message at a mail server that accepts or refuses it.

import { describe, expect, it, vi } from "vitest";
import { createCatcher } from "../../../src/emails/delivery/catcher.ts";
import { createMailTransport } from "../../../src/emails/delivery/transport.ts";
import { mail, openTransport } from "./open-transport.ts";
import { startScriptedServer, startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";

describe("a server that accepts", () => {
  it("gets both parts, the names in UTF-8 and the headers of an automatic message", async () => {
    await using receiver = await startSmtpReceiver();
    await using transport = openTransport(receiver.url);

    const outcome = await transport.send({
      ...mail,
      replyTo: { name: "Buyer", email: "buying@example.com" },
      headers: { "X-Tallyman-Alert": "1042" },
    });

    expect(outcome).toMatchObject({ kind: "sent" });
    expect(outcome).toHaveProperty("response", expect.stringContaining("250"));
    const [message] = receiver.received;
    expect(message?.recipients).toEqual(["ada@example.com"]);
    expect(message?.parsed.subject).toBe(mail.subject);
    expect(message?.parsed.to).toMatchObject({
      value: [{ address: "ada@example.com", name: "Ada Øre" }],
    });
    expect(message?.parsed.from?.value).toEqual([
      { address: "stock@example.com", name: "Corner Shop" },
    ]);
    expect(message?.parsed.replyTo?.value).toEqual([
      { address: "buying@example.com", name: "Buyer" },
    ]);
    expect(message?.parsed.html).toContain("<p>4 units left</p>");
    expect(message?.parsed.text).toContain("4 units left");
    expect(message?.parsed.messageId).toBe(mail.messageId);
    expect(message?.parsed.date?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(message?.parsed.headers.get("auto-submitted")).toBe("auto-generated");
    expect(message?.parsed.headers.get("x-auto-response-suppress")).toBe("All");
    expect(message?.parsed.headers.get("x-tallyman-alert")).toBe("1042");
  });

  it("gets the message over TLS if it offers STARTTLS", async () => {
    await using receiver = await startSmtpReceiver({ startTls: true });
    await using transport = openTransport(`${receiver.url}?tls.rejectUnauthorized=false`);

    expect(await transport.send(mail)).toMatchObject({ kind: "sent" });
    expect(receiver.received[0]?.secure).toBe(true);
  });

  it("gets the login, with whatever characters the password has", async () => {
    const login = { user: "shop", password: "p@ss/w:rd 1", refusal: "no" };
    await using receiver = await startSmtpReceiver({ login });
    const password = encodeURIComponent(login.password);
    await using transport = openTransport(`smtp://shop:${password}@127.0.0.1:${receiver.port}`);

    expect(await transport.send(mail)).toMatchObject({ kind: "sent" });
  });
});

describe("a server that is not on this machine", () => {
  // On Linux 0.0.0.0 leads to this machine, and counts as another one.
  const elsewhere = (port: number, query = "") =>
    `smtp://shop:p4ssword@0.0.0.0:${port}?tls.rejectUnauthorized=false${query}`;
  const login = { user: "shop", password: "p4ssword", refusal: "no" };

  it("gets no login without encryption", async () => {
    const heard: string[] = [];
    await using server = await startScriptedServer((socket) => {
      socket.write("220 mail.example.com\r\n");
      socket.on("data", (chunk) => {
        heard.push(chunk.toString());
        const answer = chunk.toString().startsWith("EHLO")
          ? "250-mail\r\n250 AUTH PLAIN"
          : "502 no";
        socket.write(`${answer}\r\n`);
      });
    });
    await using transport = openTransport(elsewhere(server.port));

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("it offers no STARTTLS"));
    expect(heard.join("")).toContain("STARTTLS");
    expect(heard.join("")).not.toContain("AUTH");
  });

  it("gets the login over STARTTLS", async () => {
    await using receiver = await startSmtpReceiver({ login, startTls: true });
    await using transport = openTransport(elsewhere(receiver.port));

    expect(await transport.send(mail)).toMatchObject({ kind: "sent" });
    expect(receiver.received[0]?.secure).toBe(true);
  });

  it("gets the login without encryption only if the address says so", async () => {
    await using receiver = await startSmtpReceiver({ login });
    await using transport = openTransport(elsewhere(receiver.port, "&requireTLS=false"));

    expect(await transport.send(mail)).toMatchObject({ kind: "sent" });
    expect(receiver.received[0]?.secure).toBe(false);
  });
});

describe("a server that refuses", () => {
  it.each(["atSender", "atRecipient", "atData"] as const)(
    "for good %s ends the message, and says why",
    async (step) => {
      const refusal = { code: 550, message: "5.1.1 No such mailbox here" };
      await using receiver = await startSmtpReceiver({ [step]: () => refusal });
      await using transport = openTransport(receiver.url);

      const outcome = await transport.send(mail);

      expect(outcome).toMatchObject({ kind: "refused" });
      expect(outcome).toHaveProperty(
        "reason",
        expect.stringContaining("550 5.1.1 No such mailbox here"),
      );
    },
  );

  it.each(["atSender", "atRecipient", "atData"] as const)(
    "for now %s leaves the message to a later try, which succeeds",
    async (step) => {
      const answers = [{ code: 451, message: "4.7.1 Greylisted" }];
      await using receiver = await startSmtpReceiver({ [step]: () => answers.shift() });
      await using transport = openTransport(receiver.url);

      const first = await transport.send(mail);
      const second = await transport.send(mail);

      expect(first).toMatchObject({ kind: "unavailable" });
      expect(first).toHaveProperty("reason", expect.stringContaining("451 4.7.1 Greylisted"));
      expect(second).toMatchObject({ kind: "sent" });
    },
  );

  it("the login is a matter of configuration, and the password is in no form repeated", async () => {
    const password = "s3cret/word";
    const login = { user: "shop", password: "another", refusal: "Wrong password" };
    await using receiver = await startSmtpReceiver({ login });
    await using transport = openTransport(
      `smtp://shop:${encodeURIComponent(password)}@127.0.0.1:${receiver.port}`,
    );

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    const told = JSON.stringify(outcome);
    expect(told).toContain("535 Wrong password [hidden]");
    expect(told).toContain("SMTP_URL");
    expect(told).not.toContain(password);
    expect(told).not.toContain(encodeURIComponent(password));
    expect(told).not.toContain(Buffer.from(password).toString("base64"));
  });

  it("a message without a login is a matter of configuration too", async () => {
    const login = { user: "shop", password: "x", refusal: "no" };
    await using receiver = await startSmtpReceiver({ login });
    await using transport = openTransport(receiver.url);

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("SMTP_URL"));
  });

  it("to speak TLS gets nothing if TLS is required", async () => {
    await using receiver = await startSmtpReceiver();
    await using transport = openTransport(`${receiver.url}?requireTLS=true`);

    expect(await transport.send(mail)).toMatchObject({ kind: "unavailable" });
    expect(receiver.received).toEqual([]);
  });

  it("to prove who it is gets nothing, and the reason names the certificate", async () => {
    await using receiver = await startSmtpReceiver({ startTls: true });
    await using transport = openTransport(receiver.url);

    const outcome = await transport.send(mail);

    expect(outcome).toMatchObject({ kind: "unavailable" });
    expect(outcome).toHaveProperty("reason", expect.stringContaining("certificate"));
    expect(receiver.received).toEqual([]);
  });
});

describe("the transport itself", () => {
  it.each(["http://user:hidden-word@mail.example.com", "smtp://", "mail.example.com:25"])(
    "refuses the address %s without repeating it",
    (url) => {
      expect(() => createMailTransport({ url })).toThrow(/SMTP_URL must look like smtp:/);
      expect(() => createMailTransport({ url })).not.toThrow(/hidden-word/);
    },
  );

  it("finishes what is under way when it is closed, and takes nothing after", async () => {
    const letGo = Promise.withResolvers<undefined>();
    await using receiver = await startSmtpReceiver({ atData: () => letGo.promise });
    const transport = openTransport(receiver.url);

    const underway = transport.send(mail);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
    const endings: string[] = [];
    void underway.then(({ kind }) => endings.push(kind));
    const closed = transport.close();
    letGo.resolve(undefined);
    await closed;

    expect(endings).toEqual(["sent"]);
    expect(await transport.send(mail)).toMatchObject({ kind: "unavailable" });
  });

  it("is replaced by a transport that keeps every message if no server is configured", async () => {
    const catcher = createCatcher();

    expect(await catcher.send(mail)).toEqual({
      kind: "sent",
      response: "kept by the built-in catcher",
    });
    await catcher.close();
  });
});
