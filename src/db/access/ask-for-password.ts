// Takes the request of somebody who has forgotten their password. Anybody can send one, for any address.

import type { Pool } from "pg";
import { recordAct } from "../activity/record-acts.ts";
import type { WrittenMail } from "../alerts/write-low-stock-mails.ts";
import { stranger } from "../request-scope.ts";
import { inTransaction } from "../sql/transaction.ts";
import {
  type AccountMail,
  type Addressee,
  insertPasswordRequest,
  writeAccountMail,
} from "./account-mails.ts";

/** The requests of one person within an hour. Those beyond are ignored: the person has links that work. */
const perHourMax = 3;

/** What became of a request. Nobody but the log may learn which. */
export type AskedForPassword =
  | { readonly kind: "written"; readonly mail: WrittenMail }
  | { readonly kind: "unknown-account" | "disabled" | "not-invited" | "too-many-mails" };

/** A request, with the client's IP address. No link is made for it after `endsAt`. */
export type ForgottenPassword = {
  readonly email: string;
  readonly address: string | null;
  readonly endsAt: Date;
  readonly compose: (to: Addressee) => AccountMail;
};

type AskingPerson = Addressee & {
  readonly id: string;
  readonly enabled: boolean;
  readonly lacksInvitation: boolean;
};

/**
 * Writes the mail if the address is that of an enabled person who did not ask too often. Who never had a password gets one
 * only while their invitation works.
 */
export function askForPassword(
  pool: Pool,
  { email, address, endsAt, compose }: ForgottenPassword,
): Promise<AskedForPassword> {
  return inTransaction(pool, async ({ sql }) => {
    // The lock lets requests at the same time count each other.
    const [person] = await sql<AskingPerson>(
      `select u.id, u.name, u.email, u.enabled, s.name as "storeName",
         u.invited_at is not null and coalesce(u.invitation_ends_at <= now(), true) as "lacksInvitation"
       from admin_user u cross join store s where lower(u.email) = lower($1) for no key update of u`,
      [email],
    );
    if (person === undefined) return { kind: "unknown-account" };
    if (!person.enabled) return { kind: "disabled" };
    if (person.lacksInvitation) return { kind: "not-invited" };
    const [{ count } = { count: 0 }] = await sql<{ count: number }>(
      `select count(*)::integer as count from password_request
       where user_id = $1 and purpose = 'reset' and asked_at > now() - interval '1 hour'`,
      [person.id],
    );
    if (count >= perHourMax) return { kind: "too-many-mails" };
    const request = await insertPasswordRequest(sql, {
      userId: person.id,
      purpose: "reset",
      endsAt,
    });
    const mail = await writeAccountMail(sql, person, compose(person), request);
    const subject = { id: person.id, name: person.name === "" ? person.email : person.name };
    const after = { email: person.email, address };
    await recordAct(sql, { kind: "signIn.linkAsked", subject, before: null, after }, stranger);
    return { kind: "written", mail };
  });
}
