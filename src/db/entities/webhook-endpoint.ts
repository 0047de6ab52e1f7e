// An endpoint of another program, and the log of what it answered. SQL writes both.

import { randomUUIDv7 } from "node:crypto";
import { defineEntity, p } from "@mikro-orm/core";
import { instant } from "./instants.ts";

const endpointSchema = defineEntity({
  name: "WebhookEndpoint",
  tableName: "webhook_endpoint",
  checks: [
    {
      name: "webhook_endpoint_paused_for_a_reason",
      expression: "(status = 'paused') = (paused_because is not null)",
    },
    {
      name: "webhook_endpoint_previous_secret_ends",
      expression: "(previous_secret is null) = (previous_secret_until is null)",
    },
  ],
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUIDv7()),
    url: p.text(),
    description: p.text().default(""),
    channel: p.enum(["webhook", "slack"]),
    types: p.array().columnType("text[]").nullable().check("cardinality(types) > 0"),
    status: p.enum(["active", "paused", "disabled"]).default("active"),
    pausedBecause: p.enum(["person", "gone", "failing"]).nullable(),
    statusSince: instant().defaultRaw("clock_timestamp()"),
    secret: p.text(),
    previousSecret: p.text().nullable(),
    previousSecretUntil: instant().nullable(),
    place: p.bigint("number").check("place >= 0"),
    lanes: p.json<unknown>().columnType("json").default("[]"),
    isBlocked: p.boolean().default(false),
    nextAt: instant().nullable(),
    turn: p.bigint("number").defaultRaw("0"),
    savedAt: instant().defaultRaw("clock_timestamp()"),
    deliveredAt: instant().nullable(),
    createdAt: instant().defaultRaw("clock_timestamp()"),
    createdBy: p.text(),
  },
});

const attemptSchema = defineEntity({
  name: "WebhookAttempt",
  tableName: "webhook_attempt",
  indexes: [{ name: "webhook_attempt_of_endpoint", properties: ["endpoint", "id"] }],
  properties: {
    id: p.bigint("number").primary().autoincrement(),
    endpoint: () => p.manyToOne(WebhookEndpoint).deleteRule("cascade").updateRule("no action"),
    place: p.bigint("number").nullable(),
    type: p.text(),
    at: instant().defaultRaw("clock_timestamp()"),
    attempt: p.integer().check("attempt > 0"),
    outcome: p.enum(["delivered", "failed"]),
    status: p.integer().nullable(),
    tookMs: p.integer(),
    error: p.text().nullable(),
    answer: p.text().nullable(),
  },
});

/**
 * An endpoint, which is a reader with a place in the feed: all its lanes have delivered up to `place`, but those that
 * `lanes` lists, each with a place of its own. `turn` counts who delivers or moves the place: whoever began an older
 * turn saves nothing. `nextAt`: when there is something to do besides new events. `isBlocked`: every lane waits for its
 * next attempt.
 */
export class WebhookEndpoint extends endpointSchema.class {}
endpointSchema.setClass(WebhookEndpoint);

/** One attempt to deliver an event; `place` is null for a test. Only the newest of an endpoint are kept. */
export class WebhookAttempt extends attemptSchema.class {}
attemptSchema.setClass(WebhookAttempt);
