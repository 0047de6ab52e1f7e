// Job `deliver-webhook`, triggered when an endpoint has something to do: delivers to it from its place in the feed, for
// some seconds. Safe to run twice: only the newest turn saves, and an event that is delivered again has the same id.

import type { Pool } from "pg";
import { beginTurn } from "../db/webhooks/turn.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { parsePayload } from "./parse-payload.ts";
import { runTurn, type TurnOptions } from "./webhook-turn.ts";

/** Creates the processor of `deliver-webhook`. A job fails if the database does not answer. */
export function createWebhookProcessor(pool: Pool, options: TurnOptions): JobProcessor {
  return async (job) => {
    const { endpoint, host } = parsePayload("deliver-webhook", job.data);
    const turn = await beginTurn(pool, endpoint);
    if (turn === null) return { host, outcome: "nothing to do: it is not active" };
    return { host, ...(await runTurn(pool, turn, options)) };
  };
}
