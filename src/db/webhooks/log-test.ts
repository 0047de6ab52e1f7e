// Logs a test of an endpoint beside its attempts to deliver events.

import type { Pool } from "pg";
import { recordAct } from "../activity/record-acts.ts";
import { inTransaction } from "../sql/transaction.ts";
import { actOnWebhook, lockRecorded } from "./act-on-endpoint.ts";
import { attemptsKept } from "./turn.ts";

/** A test as it is logged. */
export type LoggedTest = {
  readonly outcome: "delivered" | "failed";
  readonly status: number | null;
  readonly tookMs: number;
  readonly error: string | null;
  readonly answer: string;
};

/** Logs a test. If the endpoint was deleted meanwhile, nothing is logged. */
export async function logTest(
  pool: Pool,
  endpoint: string,
  type: string,
  { outcome, status, tookMs, error, answer }: LoggedTest,
): Promise<void> {
  await inTransaction(pool, async ({ sql }) => {
    const tested = await lockRecorded(sql, endpoint);
    if (tested === null) return;
    await recordAct(sql, actOnWebhook("webhook.tested", tested, { after: { outcome } }));
    await sql(
      `with logged as (
       insert into webhook_attempt (endpoint_id, type, attempt, outcome, status, took_ms, error, answer)
       select id, $2, 1, $3, $4, $5, $6, $7 from webhook_endpoint where id = $1)
     delete from webhook_attempt where endpoint_id = $1 and id <= (
       select id from webhook_attempt where endpoint_id = $1 order by id desc offset $8 limit 1)`,
      [endpoint, type, outcome, status, tookMs, error, answer, attemptsKept - 1],
    );
  });
}
