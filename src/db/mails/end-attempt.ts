// Stores how an attempt to send a mail ended.

import type { Pool } from "pg";

/** A message as it was rendered for the attempt. */
export type AttemptedMessage = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly overrideProblem: string | null;
};

/** How an attempt ended. After `pending` another attempt follows. */
export type AttemptEnd =
  | { readonly status: "sent" }
  | { readonly status: "failed" | "pending" | "cancelled"; readonly error: string };

/** Which attempt at which mail: a claim that expired and was taken by another process has another number. */
export type ClaimOfMail = { readonly id: string; readonly attempts: number };

/**
 * Ends an attempt, unless another process has claimed the mail since. The message is stored as it was sent, for the mail
 * log; null if it could not be rendered. It may be called again if the answer was lost.
 */
export async function endAttempt(
  pool: Pool,
  claim: ClaimOfMail,
  end: AttemptEnd,
  message: AttemptedMessage | null,
): Promise<void> {
  await pool.query(
    `update mail set status = $2, claimed_until = null,
       sent_at = case when $2 = 'sent' then clock_timestamp() end, last_error = $3,
       subject = coalesce($4, subject), html = coalesce($5, html), body_text = coalesce($6, body_text),
       override_problem = $7,
       failing_since = case when $2 in ('sent', 'cancelled') then failing_since else coalesce(failing_since, clock_timestamp()) end
     where id = $1 and status = 'sending' and attempts = $8`,
    [
      claim.id,
      end.status,
      end.status === "sent" ? null : end.error,
      message?.subject ?? null,
      message?.html ?? null,
      message?.text ?? null,
      message?.overrideProblem ?? null,
      claim.attempts,
    ],
  );
}
