// Checks a code of a second factor. The factor's row is locked meanwhile, so that requests that arrive together can't
// use one code twice, nor try more codes than the limit allows.

import type { Sql } from "../sql/sql.ts";

/** A code that somebody typed. */
export type GivenCode = {
  /** The time step (RFC 6238) in which the secret gives this code, or null if it is none of the accepted steps. */
  readonly stepOf: (secret: Buffer) => number | null;
  /** The hash of the code as a recovery code. */
  readonly recoveryHash: string;
};

/** The outcome. `off`: the person has no second factor. */
export type CodeOutcome = "right" | "wrong" | "too-many" | "off";

/** Wrong codes for one account within `codePauseMinutes`, from any number of clients, before it is paused. */
export const wrongCodesMax = 10;

/** How long a paused account accepts no code, in minutes. */
export const codePauseMinutes = 15;

/**
 * Checks a code and records the attempt. The caller's transaction must be committed after every outcome. A code is
 * wrong if its step is not later than that of the last right code; a recovery code is right only once.
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
