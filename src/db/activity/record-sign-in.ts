// Records sign-ins, with and without success. Their number is bounded: an account's are counted, and only certain counts
// within an hour have a record (see told-times.ts). Addresses that nobody has are counted as one account, and what was
// typed is not stored: it can be a password in the wrong field.

import { tallyMinutes, toldFailures, toldSuccesses } from "../../domain/activity/told-times.ts";
import { type Doer, stranger } from "../request-scope.ts";
import type { Sql } from "../sql/sql.ts";
import { nameOfActor, valuesOf } from "./record-acts.ts";

/** A person whose sign-in it is. */
export type Account = { readonly id: string; readonly email: string };

/** What happened at a sign-in, or at a check of the password or code of somebody who is signed in. */
export type SignIn =
  | {
      readonly kind: "signIn.succeeded" | "signIn.ended";
      readonly account: Account;
      /** The client's IP address. */
      readonly address: string | null;
    }
  | {
      readonly kind: "signIn.failed";
      /** Null if nobody has the address. */
      readonly account: Account | null;
      readonly address: string | null;
      readonly reason: SignInFailure;
    }
  | {
      readonly kind: "account.checkFailed";
      readonly account: Account;
      readonly address: string | null;
      readonly reason: SignInFailure;
    };

/** Why a sign-in or a check failed. */
export type SignInFailure =
  | "unknown-account"
  | "wrong-password"
  | "disabled"
  | "wrong-code"
  | "too-many-codes";

/**
 * Counts it, and records it if its count has a record. One statement does both, so that a failure takes about as long
 * for an account as for none.
 */
export async function recordSignIn(sql: Sql, signIn: SignIn): Promise<void> {
  const { kind, account, address } = signIn;
  const isFailure = "reason" in signIn;
  const doer = kind === "signIn.failed" || account === null ? stranger : doerOf(account);
  await sql(
    `with tally as (
       insert into sign_in_tally as t (kind, account, times) values ($5, $6, 1)
       on conflict (kind, account) do update set
         times = case when ${isRecent} then t.times + 1 else 1 end,
         since = case when ${isRecent} then t.since else clock_timestamp() end
       returning times)
     insert into act
       (area, kind, actor_kind, actor_id, actor, actor_name, subject_id, subject_name, after, request_id)
     select split_part($5, '.', 1), $5, $1, $2::uuid, $3, ${nameOfActor}, $6,
       coalesce((select name from admin_user where id::text = $6), ''),
       json_build_object('email', $7::text, 'address', $8::text, 'reason', $9::text, 'times', times), $4
     from tally where times = any ($11::bigint[])`,
    [
      ...valuesOf(doer),
      kind,
      account?.id ?? "unknown",
      account?.email ?? null,
      address,
      isFailure ? signIn.reason : null,
      tallyMinutes,
      [...(isFailure ? toldFailures : toldSuccesses)],
    ],
  );
}

/** A person as the one who acts. */
export const doerOf = ({ id, email }: Account): Doer => ({
  kind: "user",
  id,
  label: `user:${email}`,
});

const isRecent = /* sql */ "t.since > clock_timestamp() - make_interval(mins => $10)";
