// Signatures, as the reference implementation of Standard Webhooks and the client of this project verify them.

import * as fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { verifyWebhook } from "../../client/client.ts";
import { makeSecret, signatureHeaders } from "../../src/webhooks/sign.ts";

const event = { id: "12345", type: "stock.changed", at: "2030-01-31T12:00:00Z", data: {} };
const body = JSON.stringify(event);
const id = "evt_12345";
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("a secret", () => {
  it("is whsec_ and 32 random bytes in base64", () => {
    const secrets = Array.from({ length: 100 }, makeSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});

describe("a signature", () => {
  it("is verified by the reference implementation and by the client, whatever the text", async () => {
    const texts = fc.string({ unit: "grapheme", maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(texts, fc.stringMatching(/^[\w-]{1,40}$/), async (note, messageId) => {
        const secret = makeSecret();
        const text = JSON.stringify({ ...event, data: { note } });
        const headers = signatureHeaders(
          { id: messageId, body: text, secrets: [secret] },
          new Date(),
        );
        expect(new Webhook(secret).verify(text, headers)).toMatchObject({ data: { note } });
        const verified = await verifyWebhook({ headers, body: text, secret });
        expect(verified).toMatchObject({ id: messageId, event: { data: { note } } });
      }),
    );
  });

  it("is verified with either secret while one replaces the other, and with no third", async () => {
    const secrets = [makeSecret(), makeSecret()];
    const headers = signatureHeaders({ id, body, secrets }, new Date());
    for (const secret of secrets) {
      expect(new Webhook(secret).verify(body, headers)).toEqual(event);
      expect(await verifyWebhook({ headers, body, secret })).toEqual({ id, event });
    }
    const other = makeSecret();
    expect(() => new Webhook(other).verify(body, headers)).toThrow(/No matching signature/);
    await expect(verifyWebhook({ headers, body, secret: other })).rejects.toMatchObject({
      fault: "wrong-signature",
    });
  });

  it("is of this body, this id and this time", async () => {
    const secret = makeSecret();
    const headers = signatureHeaders({ id, body, secrets: [secret] }, new Date());
    const later = String(Number(headers["webhook-timestamp"]) + 1);
    const tampered = [
      { headers, body: body.replace("12345", "12346") },
      { headers: { ...headers, "webhook-id": "evt_12346" }, body },
      { headers: { ...headers, "webhook-timestamp": later }, body },
    ];
    for (const received of tampered) {
      expect(() => new Webhook(secret).verify(received.body, received.headers)).toThrow(
        /No matching signature/,
      );
      await expect(verifyWebhook({ ...received, secret })).rejects.toMatchObject({
        fault: "wrong-signature",
      });
    }
  });

  it("is refused by receivers when it is old or ahead of their clock", async () => {
    const secret = makeSecret();
    for (const [minutes, fault] of [
      [6, "too-old"],
      [-6, "too-new"],
    ] as const) {
      const headers = signatureHeaders({ id, body, secrets: [secret] }, minutesAgo(minutes));
      expect(() => new Webhook(secret).verify(body, headers)).toThrow(/timestamp/);
      await expect(verifyWebhook({ headers, body, secret })).rejects.toMatchObject({ fault });
    }
  });

  it("is absent if the channel has no secret", () => {
    expect(signatureHeaders({ id, body, secrets: [] }, new Date())).toEqual({});
  });

  it("needs a secret of its form, and does not show another one", () => {
    for (const secret of ["", "whsec_", "hunter2", "whsec_hunter 2", "whsec_-_-_"]) {
      const sign = () => signatureHeaders({ id, body, secrets: [secret] }, new Date());
      expect(sign).toThrow(TypeError);
      expect(sign).not.toThrow(/hunter/);
    }
  });
});
