// A person's own second factor. They add its secret to an app on their phone; it is on after a right code of that app.

import type { Pool } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";
import type { Sql } from "../sql/sql.ts";
import { recordOwnAct } from "../activity/record-own-act.ts";
import { inTransaction } from "../sql/transaction.ts";
import { checkCode, type CodeOutcome, type GivenCode } from "./check-code.ts";
import type { OwnSession } from "./other-sessions.ts";

/** A second factor as its owner sees it. `since` is null while it is off. */
export type SecondFactorView = { readonly since: Date | null; readonly recoveryCodesLeft: number };

/** Reads whether a person's second factor is on, and how many recovery codes they have left. */
export async function readSecondFactor(pool: Pool, userId: string): Promise<SecondFactorView> {
  const { rows } = await pool.query<SecondFactorView>(
    `select u.second_factor_since as since,
        case when u.second_factor_since is null then 0
          else coalesce(cardinality(f.recovery_hashes), 0) end as "recoveryCodesLeft"
      from admin_user u left join admin_second_factor f on f.user_id = u.id where u.id = $1`,
    [userId],
  );
  return rows[0] ?? { since: null, recoveryCodesLeft: 0 };
}

/**
 * Stores the secret of a factor that is not on yet, in place of an earlier one. Resolves with false, and stores
 * nothing, if the factor is on already.
 */
export async function prepareSecondFactor(
  pool: Pool,
  userId: string,
  secret: Buffer,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into admin_second_factor (user_id, secret)
      select id, $2 from admin_user where id = $1 and second_factor_since is null for update
      on conflict (user_id) do update set secret = excluded.secret`,
    [userId, secret],
  );
  return rowCount === 1;
}

/** What turns a prepared factor on. */
export type Confirmation = {
  readonly stepOf: GivenCode["stepOf"];
  readonly recoveryHashes: readonly string[];
};

/**
 * Turns the prepared factor on if the code is right, and ends the person's other sessions, which began without a code.
 * Otherwise it changes nothing and resolves with the reason.
 */
export function confirmSecondFactor(
  pool: Pool,
  own: OwnSession,
  { stepOf, recoveryHashes }: Confirmation,
): Promise<"on" | "wrong" | "not-prepared" | "ended"> {
  return changeOwn(pool, own, async (sql) => {
    const [prepared] = await sql<{ secret: Buffer }>(
      `select f.secret from admin_second_factor f join admin_user u on u.id = f.user_id
        where f.user_id = $1 and u.second_factor_since is null for update`,
      [own.userId],
    );
    const secret = prepared?.secret;
    if (secret === undefined) return "not-prepared";
    const step = stepOf(secret);
    if (step === null) return "wrong";
    await sql(
      `with factor as (
        update admin_second_factor set last_step = $2, recovery_hashes = $3, failures = 0
        where user_id = $1
      ), waiting as (
        delete from admin_login_step where user_id = $1
      ), others as (
        delete from admin_session where user_id = $1 and token_hash <> $4
      )
      update admin_user set second_factor_since = now(), version = version + 1, updated_at = now()
      where id = $1`,
      [own.userId, step, recoveryHashes, own.tokenHash],
    );
    await recordOwnAct(sql, "account.secondFactorOn", { id: own.userId, email: own.email });
    return "on";
  });
}

/** Turns a person's own factor off if the code is right; otherwise resolves with the reason. */
export function removeOwnSecondFactor(
  pool: Pool,
  own: OwnSession,
  code: GivenCode,
): Promise<CodeOutcome | "ended"> {
  return changeOwn(pool, own, async (sql) => {
    const outcome = await checkCode(sql, own.userId, code);
    if (outcome !== "right") return outcome;
    await sql(
      `with gone as (delete from admin_second_factor where user_id = $1)
      update admin_user set second_factor_since = null, version = version + 1, updated_at = now()
      where id = $1`,
      [own.userId],
    );
    await recordOwnAct(sql, "account.secondFactorOff", { id: own.userId, email: own.email });
    return outcome;
  });
}

/** Waits for other changes of access. Resolves with "ended" if one of them ended the session of this request. */
function changeOwn<Outcome>(
  pool: Pool,
  { userId, tokenHash }: OwnSession,
  work: (sql: Sql) => Promise<Outcome>,
): Promise<Outcome | "ended"> {
  return inTransaction(pool, async ({ sql }) => {
    await sql("select pg_advisory_xact_lock($1)", [advisoryLocks.accessChange]);
    const sessions = await sql(
      "select 1 from admin_session where token_hash = $1 and user_id = $2 and expires_at > now()",
      [tokenHash, userId],
    );
    return sessions.length === 1 ? work(sql) : "ended";
  });
}
