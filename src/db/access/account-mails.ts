// Writes the mails about a person's account, and the requests behind those that have a one-time link. The link itself is
// made while its mail is sent: see `openMailedLink`.

import { randomUUIDv7 } from "node:crypto";
import type { Pool } from "pg";
import type { WrittenMail } from "../alerts/write-low-stock-mails.ts";
import type { Sql } from "../sql/sql.ts";

/** To whom a mail goes, and from which store. */
export type Addressee = {
  readonly name: string;
  readonly email: string;
  readonly storeName: string;
};

/** The content of a mail row, made by the caller, who knows the templates. */
export type AccountMail = {
  readonly templateCode: string;
  readonly data: unknown;
  readonly messageIdHost: string;
};

/** How a person is told that the password or the address was changed. `written` gets the mail, to be announced after the commit. */
export type AccountNotice = {
  readonly compose: (to: Addressee) => AccountMail;
  readonly written: (mail: WrittenMail) => void;
};

/** A request for a mail with a link. No link is made after `endsAt`, nor once the person has another password. */
export type NewPasswordRequest = {
  readonly userId: string;
  readonly purpose: "invitation" | "reset";
  readonly endsAt: Date;
};

/** Requests are kept for a day after their end, for the limit of the hour. */
const deleteOver = "delete from password_request where ends_at < now() - interval '1 day'";

/**
 * Stores a request and resolves with its id. It ends all earlier invitations of the person with their links: only the
 * newest works. Other links for a new password work until one is used, so that a stranger who asks again ends none.
 */
export async function insertPasswordRequest(
  sql: Sql,
  { userId, purpose, endsAt }: NewPasswordRequest,
): Promise<string> {
  const id = randomUUIDv7();
  await sql(deleteOver);
  if (purpose === "invitation") await endInvitations(sql, userId);
  await sql(
    `insert into password_request (id, user_id, purpose, password_hash, ends_at)
     select $1, id, $3, password_hash, $4 from admin_user where id = $2`,
    [id, userId, purpose, endsAt],
  );
  return id;
}

/** Ends the invitations of a person with their links. */
export async function endInvitations(sql: Sql, userId: string): Promise<void> {
  await sql("delete from password_request where user_id = $1 and purpose = 'invitation'", [userId]);
}

/** Ends all requests of a person with their links. */
export async function endPasswordRequests(sql: Sql, userId: string): Promise<void> {
  await sql("delete from password_request where user_id = $1", [userId]);
}

/** Ends all requests and all links of a person, also those that were given by hand. */
export async function endLinks(sql: Sql, userId: string): Promise<void> {
  await endPasswordRequests(sql, userId);
  await sql("delete from password_link where user_id = $1", [userId]);
}

/** Writes a mail, of a request or of none, in the transaction that makes it due. Resolves with what is to be announced. */
export async function writeAccountMail(
  sql: Sql,
  to: Pick<Addressee, "name" | "email">,
  { templateCode, data, messageIdHost }: AccountMail,
  requestId: string | null = null,
): Promise<WrittenMail> {
  const id = randomUUIDv7();
  await sql(
    `insert into mail (id, template_code, to_name, to_email, data, message_id, password_request_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      id,
      templateCode,
      to.name,
      to.email,
      JSON.stringify(data),
      `<${id}@${messageIdHost}>`,
      requestId,
    ],
  );
  return { id, to: to.email };
}

/** Writes the news that a person's password was changed, if there is a notice. */
export async function tellOfPassword(
  sql: Sql,
  userId: string,
  notice: AccountNotice | undefined,
): Promise<void> {
  if (notice === undefined) return;
  const [to] = await sql<Addressee>(
    `select u.name, u.email, s.name as "storeName" from admin_user u cross join store s where u.id = $1`,
    [userId],
  );
  if (to !== undefined) notice.written(await writeAccountMail(sql, to, notice.compose(to)));
}

/** Writes the news that a person's address was changed to the old one, if there is a notice. */
export async function tellOldAddress(
  sql: Sql,
  old: Pick<Addressee, "name" | "email">,
  notice: AccountNotice | undefined,
): Promise<void> {
  if (notice === undefined) return;
  const [store] = await sql<{ storeName: string }>('select name as "storeName" from store');
  const to = { ...old, storeName: store?.storeName ?? "" };
  notice.written(await writeAccountMail(sql, to, notice.compose(to)));
}

/**
 * Makes the link of a mail that is about to be sent, and resolves with whether it may go: its request must not be over, and
 * its person must be enabled and still have the mail's address and the password that the request is for.
 *
 * The link is committed before the mail leaves, so that no mail has a link that does not work, whenever a process is killed.
 * Its token is known to nobody but the attempt, so each attempt makes another. If an attempt reached the mailbox and was not
 * marked as sent, the person has two mails, whose links both work until one is used. A request has few attempts, and
 * a link that nobody got ends by itself.
 */
export async function openMailedLink(
  pool: Pool,
  mailId: string,
  tokenHash: Buffer,
  resetHours: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into password_link (token_hash, user_id, password_hash, ends_at, request_id)
     select $2, u.id, u.password_hash,
       case r.purpose when 'invitation' then r.ends_at
         else clock_timestamp() + make_interval(hours => $3) end, r.id
     from mail m join password_request r on r.id = m.password_request_id
       join admin_user u on u.id = r.user_id
     where m.id = $1 and r.ends_at > clock_timestamp() and u.enabled
       and u.password_hash = r.password_hash and lower(u.email) = lower(m.to_email)`,
    [mailId, tokenHash, resetHours],
  );
  return rowCount === 1;
}
