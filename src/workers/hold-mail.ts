// Holds the claim of a mail while an attempt to send it runs, and stores how the attempt ended. A claim is short, so that
// another worker soon tries the mail if this process dies. So it is renewed for as long as the attempt takes.

import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { renewClaim } from "../db/mails/claim-mail.ts";
import {
  type AttemptedMessage,
  type AttemptEnd,
  type ClaimOfMail,
  endAttempt,
} from "../db/mails/end-attempt.ts";
import { countDown } from "../flow/deadline.ts";
import { sqlStateOf } from "../db/sql/retry-transaction.ts";

/** The time between two renewals of a claim, between two tries to store an end, and for all such tries, in milliseconds. */
const times = { renewal: 8_000, pause: 1_000, ending: 60_000 };

/** Stores how the attempt ended. `message` is null if it could not be rendered. */
export type EndMail = (end: AttemptEnd, message: AttemptedMessage | null) => Promise<void>;

/**
 * Runs an attempt on a claimed mail, and settles as it does. The function that `attempt` gets tries for up to a minute to
 * store the end, since a mail that was sent and not marked would be sent again. It rejects if the database is away for
 * longer or refuses what is to be stored.
 */
export async function holdMail<T>(
  pool: Pool,
  claim: ClaimOfMail,
  attempt: (end: EndMail) => Promise<T>,
): Promise<T> {
  const renewing = setInterval(() => {
    // If this fails, the next one may not: a claim outlasts three.
    renewClaim(pool, claim).catch(() => undefined);
  }, times.renewal);
  try {
    return await attempt((end, message) => endPatiently(pool, claim, end, message));
  } finally {
    clearInterval(renewing);
  }
}

async function endPatiently(
  pool: Pool,
  claim: ClaimOfMail,
  end: AttemptEnd,
  message: AttemptedMessage | null,
): Promise<void> {
  const left = countDown(times.ending);
  for (;;) {
    try {
      return await endAttempt(pool, claim, end, message);
    } catch (error) {
      if (left() === 0 || isRefusal(error)) throw error;
      await sleep(times.pause);
    }
  }
}

/** Whether the database will not store this, however often it is asked: bad data, a constraint, a statement it can't run. */
const isRefusal = (error: unknown): boolean => /^(22|23|42)...$/.test(sqlStateOf(error));
