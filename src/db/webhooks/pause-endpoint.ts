// Pauses an endpoint that wants nothing more, or that has failed for too long, and writes the mails that say so. The
// endpoint keeps its place.

import type { Pool } from "pg";
import type { PauseReason } from "../../domain/webhooks/endpoint.ts";
import type { WrittenMail } from "../alerts/write-low-stock-mails.ts";
import { recordAct } from "../activity/record-acts.ts";
import { inTransaction } from "../sql/transaction.ts";
import { actOnWebhook, type RecordedEndpoint, recordedColumns } from "./act-on-endpoint.ts";
import type { Turn } from "./turn.ts";
import { type ComposePausedMail, writeWebhookPausedMails } from "./write-webhook-paused-mails.ts";

/**
 * Pauses the endpoint after a turn. Resolves with the mails to announce; with null, and changes nothing, if the turn is
 * not its newest any more.
 */
export async function pauseEndpoint(
  pool: Pool,
  { id, turn }: Pick<Turn, "id" | "turn">,
  because: PauseReason,
  compose: ComposePausedMail,
): Promise<readonly WrittenMail[] | null> {
  return inTransaction(pool, async ({ sql }) => {
    const [paused] = await sql<RecordedEndpoint>(
      `update webhook_endpoint set status = 'paused', paused_because = $3, status_since = clock_timestamp(),
         turn = turn + 1 where id = $1 and turn = $2 and status = 'active' returning ${recordedColumns}`,
      [id, turn, because],
    );
    if (paused === undefined) return null;
    const after = { status: "paused", reason: because };
    await recordAct(sql, actOnWebhook("webhook.paused", paused, { after }));
    return writeWebhookPausedMails(sql, id, compose);
  });
}
