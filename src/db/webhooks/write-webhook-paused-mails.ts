// Writes the mails that say that the service paused an endpoint: one for each person who may change webhooks.

import { randomUUIDv7 } from "node:crypto";
import type { Sql } from "../sql/sql.ts";
import type { WrittenMail } from "../alerts/write-low-stock-mails.ts";
import type { Recipient } from "../alerts/alert-people.ts";
import type { Permission } from "../../domain/access/permissions.ts";

/** A paused endpoint, as a mail tells of it. */
export type PausedEndpoint = {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly because: "gone" | "failing";
  readonly at: Date;
  /** Since when one of its lanes has failed; null if none does. */
  readonly failingSince: Date | null;
  /** What went wrong last; null if the log has nothing. */
  readonly lastError: string | null;
  readonly storeName: string;
};

/** Makes the content of a mail row. A pure function of the caller, who knows the templates. */
export type ComposePausedMail = (
  endpoint: PausedEndpoint,
  recipient: Recipient,
) => { readonly templateCode: string; readonly data: unknown; readonly messageIdHost: string };

/** Whose groups have it gets the mail. */
const permission: Permission = "webhooks:write";

/**
 * Writes a mail for each active person who may change webhooks, and resolves with the mails to announce. It belongs into
 * the transaction that pauses the endpoint, after the pause and the attempts before it are written: then each pause is
 * told once. Writes nothing if the endpoint is not paused, or was paused by a person.
 */
export async function writeWebhookPausedMails(
  sql: Sql,
  endpointId: string,
  compose: ComposePausedMail,
): Promise<readonly WrittenMail[]> {
  const endpoint = await readPausedEndpoint(sql, endpointId);
  if (endpoint === undefined) return [];
  const written: WrittenMail[] = [];
  for (const recipient of await readRecipients(sql)) {
    const id = randomUUIDv7();
    const { templateCode, data, messageIdHost } = compose(endpoint, recipient);
    await sql(
      `insert into mail (id, template_code, to_name, to_email, data, message_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        templateCode,
        recipient.name,
        recipient.email,
        JSON.stringify(data),
        `<${id}@${messageIdHost}>`,
      ],
    );
    written.push({ id, to: recipient.email });
  }
  return written;
}

async function readPausedEndpoint(sql: Sql, id: string): Promise<PausedEndpoint | undefined> {
  const rows = await sql<PausedEndpoint>(
    `select e.id, e.url, e.description, e.paused_because as because, e.status_since as at,
       (select min((lane->>'failingSince')::timestamptz) from json_array_elements(e.lanes) lane) as "failingSince",
       (select error from webhook_attempt a where a.endpoint_id = e.id and error is not null
        order by a.id desc limit 1) as "lastError",
       (select name from store) as "storeName"
     from webhook_endpoint e
     where e.id = $1 and e.status = 'paused' and e.paused_because in ('gone', 'failing')`,
    [id],
  );
  return rows[0];
}

function readRecipients(sql: Sql): Promise<readonly Recipient[]> {
  return sql<Recipient>(
    `select u.name, u.email from admin_user u
     where u.enabled and exists (
       select from admin_group_member m join admin_group g on g.code = m.group_code
       where m.user_id = u.id and g.permissions @> array[$1])
     order by u.email`,
    [permission],
  );
}
