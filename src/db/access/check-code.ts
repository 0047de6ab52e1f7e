// Checks a code of somebody's second factor. The person's row is locked meanwhile: no code counts twice, however many
// send it at the same moment, and none is guessed by many who try at once.

import type { Sql } from "../sql/sql.ts";

/** A code as far as it can be read. */
export type GivenCode = {
  /** The step of time that the code belongs to by this secret, or null if it belongs to none of now. */
  readonly stepOf: (secret: Buffer) => number | null;
  /** The hash of the code as a recovery code. */
  readonly recoveryHash: string;
};

/** What came of it. `off` is somebody without a second factor. */
export type CodeOutcome = "right" | "wrong" | "too-many" | "off";

/** Wrong codes that an account may be given in a quarter of an hour, wherever they come from. */
export const wrongCodesMax = 10;

/** How long an account that was given so many takes no code at all, in minutes. */
export const codePauseMinutes = 15;

/**
 * Takes a code, inside a transaction that must be committed whatever the outcome is. A code counts for nothing if it
 * is of the same step as the last one or of an earlier one; a recovery code counts once.
 */
export async function checkCode(
  sql: Sql,
  userId: string,
  { stepOf, recoveryHash }: GivenCode,
): Promise<CodeOutcome> {
  const [row] = await sql<FactorRow>(
    `select f.secret, f.last_step, f.recovery_hashes,
        f.failures >= $2 and f.failures_since > now() - make_interval(mins => $3) as is_paused
      from admin_second_factor f join admin_user u on u.id = f.user_id
      where f.user_id = $1 and u.second_factor_since is not null for update of f`,
    [userId, wrongCodesMax, codePauseMinutes],
  );
  if (row === undefined) return "off";
  if (row.is_paused === true) return "too-many";
  const step = stepOf(row.secret);
  const isOfStep = step !== null && step > row.last_step;
  if (isOfStep || row.recovery_hashes.includes(recoveryHash)) {
    await sql(
      `update admin_second_factor set failures = 0, failures_since = null, last_step = coalesce($2, last_step),
          recovery_hashes = array_remove(recovery_hashes, $3) where user_id = $1`,
      [userId, isOfStep ? step : null, recoveryHash],
    );
    return "right";
  }
  await sql(
    `update admin_second_factor set
        failures = case when failures_since > now() - make_interval(mins => $2) then failures + 1 else 1 end,
        failures_since = case when failures_since > now() - make_interval(mins => $2)
          then failures_since else now() end
      where user_id = $1`,
    [userId, codePauseMinutes],
  );
  return "wrong";
}

type FactorRow = {
  readonly secret: Buffer;
  readonly last_step: number;
  readonly recovery_hashes: readonly string[];
  readonly is_paused: boolean | null;
};
