// Line breaks and other tricks in what a message is made of: they add no header and no recipient.

import { describe, expect, it } from "vitest";
import { mail, openTransport } from "./open-transport.ts";
import { startSmtpReceiver } from "../../../tools/lab/smtp-server.ts";

describe("line breaks and other tricks", () => {
  it("in names, the subject and header values add no header and no recipient", async () => {
    await using receiver = await startSmtpReceiver();
    await using transport = openTransport(receiver.url);

    await transport.send({
      ...mail,
      to: { name: 'Ada" <eve@example.com>,\r\nBcc: eve@example.com', email: "ada@example.com" },
      from: { name: "Shop\nX-From: 1", email: "stock@example.com" },
      subject: "Low\r\nX-Subject: 1\r\n\r\n<script>",
      headers: { "X-Tallyman-Alert": "1\r\nX-Header: 1" },
    });

    const [message] = receiver.received;
    expect(message?.recipients).toEqual(["ada@example.com"]);
    expect(message?.parsed.to).toMatchObject({ value: [{ address: "ada@example.com" }] });
    expect(message?.parsed.bcc).toBeUndefined();
    expect(message?.parsed.subject).toBe("Low X-Subject: 1 <script>");
    for (const name of ["bcc", "x-from", "x-subject", "x-header"]) {
      expect(message?.parsed.headers.has(name)).toBe(false);
    }
  });

  it.each([
    "ada@example.com\r\nBcc: eve@example.com",
    "ada@example.com, eve@example.com",
    "ada",
    "<a@b.c>",
    "",
  ])(
    "in the recipient's address %j refuse the message before any server hears of it",
    async (email) => {
      await using receiver = await startSmtpReceiver();
      await using transport = openTransport(receiver.url);

      expect(await transport.send({ ...mail, to: { name: "Ada", email } })).toMatchObject({
        kind: "refused",
      });
      expect(receiver.received).toEqual([]);
    },
  );

  it("in the sender's address are a matter of configuration", async () => {
    await using transport = openTransport("smtp://127.0.0.1:9");
    const from = { name: "Shop", email: "stock@example.com>\r\nRCPT TO:<eve@example.com" };

    expect(await transport.send({ ...mail, from })).toMatchObject({ kind: "unavailable" });
  });

  it("in a Message-ID or a header's name are a bug of the caller", async () => {
    await using transport = openTransport("smtp://127.0.0.1:9");

    await expect(transport.send({ ...mail, messageId: "<a@b>\r\nX: 1" })).rejects.toThrow(
      "Message-ID",
    );
    await expect(transport.send({ ...mail, headers: { "X\r\nY": "1" } })).rejects.toThrow("header");
  });
});
