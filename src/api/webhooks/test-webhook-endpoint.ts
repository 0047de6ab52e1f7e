// The endpoint that sends a test to a webhook, so that somebody who sets it up sees at once what it answers.

import { randomUUID } from "node:crypto";
import { webhookPathSchema, webhookTestSchema } from "../../contract/webhooks.ts";
import { Refused } from "../../db/refused.ts";
import { logTest } from "../../db/webhooks/log-test.ts";
import { type EndpointAddress, readEndpointAddress } from "../../db/webhooks/read-endpoints.ts";
import type { Message } from "../../webhooks/message.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { Problem } from "../http/problem.ts";
import { unknownWebhook, webhookTag } from "./webhook-endpoints.ts";

/** The most tests that a process sends at once: a receiver may take its time, and each holds a request. */
const testsMax = 4;

const testType = "webhook.test";

/** `POST /webhooks/{id}/test`. */
export function testWebhookEndpoint({ pool, webhooks }: ApiContext): Endpoint {
  let testing = 0;
  return endpoint({
    method: "post",
    path: "/webhooks/:id/test",
    permission: "webhooks:write",
    tag: webhookTag,
    summary: "Send a test to a webhook",
    description:
      "Posts an event of the type `webhook.test` at once, and answers what came of it. It is sent whether the webhook is active or not, changes nothing, and is in the log of attempts. Its `webhook-id` begins with `test_`.",
    pathSchema: webhookPathSchema,
    replies: {
      200: { description: "What came of it.", schema: webhookTestSchema },
      404: unknownWebhook,
      503: { description: "Too many tests are on their way; send it again." },
    },
    async handle({ path: { id }, actor, gone }) {
      const address = await readEndpointAddress(pool, id);
      if (address === null) throw new Refused({ kind: "unknown", what: "webhook", key: id });
      if (testing >= testsMax) {
        throw new Problem(
          "unavailable",
          `Expected at most ${testsMax} tests at a time. Send it again when one of them has its answer.`,
        );
      }
      testing += 1;
      try {
        const attempt = await webhooks.post(testMessage(address, actor.label), gone());
        const { status, error, answer, tookMs } = attempt;
        const outcome = attempt.outcome === "delivered" ? "delivered" : "failed";
        const result = { outcome, status, error, answer, tookMs } as const;
        await logTest(pool, id, testType, result);
        return { status: 200, body: result };
      } finally {
        testing -= 1;
      }
    },
  });
}

/** A test has the form of any other message, so that it tries what an event's would. */
function testMessage({ url, channel, secrets }: EndpointAddress, actor: string): Message {
  const id = `test_${randomUUID()}`;
  if (channel === "slack") {
    const text = "This is a test. Tallyman posts news of your stock here.";
    return { url, id, body: JSON.stringify({ text }), secrets: [] };
  }
  const at = new Date().toISOString();
  const data = { message: "This is a test." };
  return { url, id, body: JSON.stringify({ id, type: testType, at, actor, data }), secrets };
}
