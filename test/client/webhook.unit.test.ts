// The verification of webhooks, against the reference implementation of Standard Webhooks, both ways.

import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import {
  type ReceivedWebhook,
  verifyWebhook,
  WebhookVerificationError,
} from "../../client/client.ts";

const secretOf = (fill: string) => `whsec_${Buffer.from(fill.repeat(32)).toString("base64")}`;
const secret = secretOf("s");
const event = {
  id: "12345",
  type: "stock.changed",
  at: "2030-01-31T12:00:00Z",
  data: { sku: "Ä" },
};
const body = JSON.stringify(event);
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000);

function signed({ by = secret, sent = secondsAgo(0), text = body, id = "ep_12345" } = {}) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(sent.getTime() / 1_000)),
    "webhook-signature": new Webhook(by).sign(id, sent, text),
  };
}

/** Why a webhook was refused. */
const faultOf = (received: ReceivedWebhook): Promise<string> =>
  verifyWebhook(received).then(
    () => "none",
    (error: unknown) => (error instanceof WebhookVerificationError ? error.fault : String(error)),
  );

describe("a webhook that the reference implementation signed", () => {
  it("is accepted, with headers of Node, of fetch, and with any letters", async () => {
    const headers = signed();
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]),
    );
    for (const received of [headers, new Headers(headers), upper]) {
      const verified = await verifyWebhook({ headers: received, body, secret });
      expect(verified).toEqual({ id: "ep_12345", event });
    }
  });

  it("is accepted whatever the text, id and secret are, as bytes too", async () => {
    const words = fc.string({ unit: "grapheme", maxLength: 50 });
    const keys = fc.uint8Array({ minLength: 24, maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(words, keys, fc.stringMatching(/^[\w-]{1,40}$/), async (note, key, id) => {
        const by = `whsec_${Buffer.from(key).toString("base64")}`;
        const text = JSON.stringify({ ...event, data: { note } });
        const headers = signed({ by, text, id });
        for (const sent of [text, new TextEncoder().encode(text)]) {
          const verified = await verifyWebhook({ headers, body: sent, secret: by });
          expect(verified.event.data).toEqual({ note });
        }
        expect(new Webhook(by).verify(text, headers)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("is refused if any one character of the body, id or time is another", async () => {
    const headers = signed();
    for (let at = 0; at < body.length; at += 1) {
      const changed = `${body.slice(0, at)}${body[at] === "x" ? "y" : "x"}${body.slice(at + 1)}`;
      expect(await faultOf({ headers, body: changed, secret })).toBe("wrong-signature");
      expect(() => new Webhook(secret).verify(changed, headers)).toThrow("signature");
    }
    expect(await faultOf({ headers: { ...headers, "webhook-id": "ep_1234" }, body, secret })).toBe(
      "wrong-signature",
    );
    const later = String(Number(headers["webhook-timestamp"]) + 1);
    expect(
      await faultOf({ headers: { ...headers, "webhook-timestamp": later }, body, secret }),
    ).toBe("wrong-signature");
  });

  it("is refused by another secret, and accepted if one of several is right", async () => {
    const headers = signed();
    expect(await faultOf({ headers, body, secret: secretOf("t") })).toBe("wrong-signature");
    expect(await faultOf({ headers, body, secrets: [] })).toBe("wrong-signature");
    const verified = await verifyWebhook({ headers, body, secrets: [secretOf("t"), secret] });
    expect(verified.event.id).toBe("12345");
  });

  it("is accepted by either secret while the sender signs with both", async () => {
    const both = [signed(), signed({ by: secretOf("t") })].map((one) => one["webhook-signature"]);
    const headers = { ...signed(), "webhook-signature": `v1a,xyz ${both.join(" ")}` };
    for (const one of [secret, secretOf("t"), secret.slice("whsec_".length)]) {
      expect((await verifyWebhook({ headers, body, secret: one })).id).toBe("ep_12345");
    }
    expect(await faultOf({ headers, body, secret: secretOf("u") })).toBe("wrong-signature");
  });
});

describe("the age of a webhook", () => {
  it.each([
    [290, undefined],
    [-290, undefined],
    [3_000, 3_600],
  ])("of %d seconds is accepted with a tolerance of %s", async (seconds, toleranceSeconds) => {
    const headers = signed({ sent: secondsAgo(seconds) });
    const more = toleranceSeconds === undefined ? {} : { toleranceSeconds };
    expect((await verifyWebhook({ headers, body, secret, ...more })).id).toBe("ep_12345");
  });

  it.each([
    [310, undefined, "too-old"],
    [-310, undefined, "too-new"],
    [20, 10, "too-old"],
  ])("of %d seconds with a tolerance of %s is %s", async (seconds, toleranceSeconds, name) => {
    const headers = signed({ sent: secondsAgo(seconds) });
    const more = toleranceSeconds === undefined ? {} : { toleranceSeconds };
    expect(await faultOf({ headers, body, secret, ...more })).toBe(name);
  });
});

describe("what is no webhook", () => {
  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("without %s", async (name) => {
    expect(await faultOf({ headers: { ...signed(), [name]: undefined }, body, secret })).toBe(
      "missing-header",
    );
    expect(await faultOf({ headers: { ...signed(), [name]: "" }, body, secret })).toBe(
      "missing-header",
    );
  });

  it.each(["soon", "-1", "1e9", "1.5", "", " ", "NaN"])("with the time %j", async (time) => {
    const headers = { ...signed(), "webhook-timestamp": time };
    expect(await faultOf({ headers, body, secret })).toBe(
      time === "" ? "missing-header" : "unreadable-timestamp",
    );
  });

  it.each(["v1,", "v1", "v1,%%%", "v2,abc", ",", "v1,AAAA"])(
    "with the signature %s",
    async (text) => {
      const headers = { ...signed(), "webhook-signature": text };
      expect(await faultOf({ headers, body, secret })).toBe("wrong-signature");
    },
  );

  it("with a body that is no event, though it is signed", async () => {
    for (const text of ["", "null", "[]", "{}", "no JSON"]) {
      expect(await faultOf({ headers: signed({ text }), body: text, secret })).toBe(
        "unreadable-body",
      );
    }
  });

  it.each(["", "whsec_", "whsec_%%%"])("a secret like %j is told to its user", async (wrong) => {
    await expect(verifyWebhook({ headers: signed(), body, secret: wrong })).rejects.toThrow(
      TypeError,
    );
  });
});
