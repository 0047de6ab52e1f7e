// The endpoints of the mail log: each mail as it was sent, or why it was not; and sending a mail again.

import * as z from "zod";
import { listMails, type MailEntry, readMail, type StoredMail } from "../../db/mails/read-mails.ts";
import { writeResend } from "../../db/mails/write-resends.ts";
import { announceOrLeaveToSweeper } from "../../queues/announce-or-leave-to-sweeper.ts";
import { mailJob } from "../../queues/jobs/send-mail.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import {
  mailSchema,
  mailEntrySchema,
  mailListQuerySchema,
  mailPageSchema,
  mailPathSchema,
} from "../../contract/mails.ts";

const tag = "Mails";
const unknown = { description: "There is no such mail." };

const mailKeys = z.tuple([cursorKeys.id]);

/** `GET /mails`. */
export function listMailsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/mails",
    permission: "mails:read",
    tag,
    summary: "List mails, newest first",
    querySchema: mailListQuerySchema,
    replies: { 200: { description: "A page of mails.", schema: mailPageSchema } },
    async handle({ query: { limit, cursor, alert, status, q } }) {
      const list = { keys: mailKeys, list: ["mails", alert, status, q] };
      const [before] = readCursor(list, cursor) ?? [];
      const filter = { status, q, alertId: alert, before, limit: limit + 1 };
      const body = cutPage(await listMails(pool, filter), limit, toReply, list, ({ id }) => [id]);
      return { status: 200, body };
    },
  });
}

/** `GET /mails/{id}`. */
export function readMailEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/mails/:id",
    permission: "mails:read",
    tag,
    summary: "Read a mail as it was sent",
    pathSchema: mailPathSchema,
    replies: { 200: { description: "The mail.", schema: mailSchema }, 404: unknown },
    async handle({ path }) {
      const stored = await readMail(pool, path.id);
      if (stored === null) throw mailNotFound(path.id);
      return { status: 200, body: toReply(stored) };
    },
  });
}

/** `POST /mails/{id}/resend`. */
export function resendMailEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/mails/:id/resend",
    permission: "mails:write",
    tag,
    summary: "Send a mail again",
    description:
      "A new mail to the same recipient with the same data, rendered with the template as it is now.",
    pathSchema: mailPathSchema,
    replies: {
      202: { description: "The new mail, which will be sent.", schema: mailEntrySchema },
      404: unknown,
      409: {
        description: "The mail has not been sent yet, or its product was deleted or hidden.",
      },
    },
    handle: ({ path }) => resend(context, path.id),
  });
}

async function resend({ pool, backend, log }: ApiContext, id: string) {
  const written = await writeResend(pool, id);
  if (written === null) {
    const unsent = await readMail(pool, id);
    if (unsent === null) throw mailNotFound(id);
    throw notResent(unsent);
  }
  // Read before the announcement, because a worker may change it at once.
  const stored = await readMail(pool, written.id);
  if (stored === null) throw mailNotFound(written.id);
  await announceOrLeaveToSweeper(backend.queues["send-mail"], [mailJob(written)], log);
  const { messageId: _messageId, html: _html, text: _text, sku: _sku, ...rest } = stored;
  const { productSku: _productSku, ...entry } = rest;
  const headers = { Location: `/api/v1/mails/${written.id}` };
  return { status: 202, body: toReply(entry), headers };
}

/** Why a mail is not sent again. */
export function notResent({ status, sku }: Pick<StoredMail, "sku"> & { status: string }): Problem {
  return status === "sent" || status === "failed"
    ? new Problem(
        "conflict",
        `Expected a mail about what the catalogue has; ${sku} was deleted or hidden since. Nothing is mailed about it any more.`,
        { code: "mail-item-gone" },
      )
    : new Problem("conflict", `Expected a mail that was sent or has failed; it is ${status}.`, {
        code: "mail-under-way",
      });
}

function toReply<Entry extends MailEntry>({ toName, toEmail, ...rest }: Entry) {
  return { ...rest, to: { name: toName, email: toEmail } };
}

/** The problem of an unknown mail. */
export function mailNotFound(id: string): Problem {
  return problemOfRefusal({ kind: "unknown", what: "mail", key: id });
}
