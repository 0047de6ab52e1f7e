// Examples of webhooks. Their receiver is the one of the quick start, on the same machine.

import type { Examples, IdOf } from "./example.ts";

const webhook: IdOf = { idOf: ["createWebhook", "stock"] };
const path = { id: webhook };

/** Examples of the operations of webhooks. */
export const webhookExamples: Examples = {
  createWebhook: {
    stock: {
      summary: "Changes of stock, from now on",
      body: {
        url: "http://127.0.0.1:4000/",
        description: "The search index",
        types: ["stock.changed"],
      },
      status: 201,
    },
  },
  listWebhooks: { all: { summary: "All webhooks", status: 200 } },
  readWebhook: { one: { summary: "One webhook", path, status: 200 } },
  changeWebhook: {
    types: {
      summary: "Other types of events",
      path,
      body: { types: ["stock.changed", "order.confirmed"] },
      status: 200,
    },
  },
  testWebhook: { one: { summary: "A receiver that does not run", path, status: 200 } },
  listWebhookAttempts: { newest: { summary: "The newest attempts", path, status: 200 } },
  pauseWebhook: { one: { summary: "Until the receiver is repaired", path, status: 200 } },
  resumeWebhook: {
    there: { summary: "From where it stopped", path, body: {}, status: 200 },
    latest: { summary: "From now on", path, body: { from: "latest" }, status: 200 },
  },
  replayWebhook: {
    place: { summary: "Again from a place", path, body: { from: "1" }, status: 200 },
    time: {
      summary: "Again from a time",
      path,
      body: { since: "2026-11-27T09:00:00Z" },
      status: 200,
    },
  },
  rotateWebhookSecret: {
    day: {
      summary: "A new secret, beside the old one for a day",
      path,
      body: { keepOldHours: 24 },
      status: 200,
    },
  },
  disableWebhook: { one: { summary: "Nothing more for now", path, status: 200 } },
  deleteWebhook: { one: { summary: "One webhook", path, status: 204 } },
};
