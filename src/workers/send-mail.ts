// Job `send-mail`, triggered by a mail row: renders it and hands it to the mail server. Safe to run twice:
// only a row that waits is claimed. A crash between the server's word and the mark may send it again, under
// the same Message-ID. When its attempts end the row is marked as failed, and stays visible as such.

import { UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import { type ClaimedMail, claimMail, readMailStatus } from "../db/mails/claim-mail.ts";
import { endAttempt } from "../db/mails/end-attempt.ts";
import { lowStockMailSchema } from "../emails/low-stock/low-stock-mail.ts";
import type { RenderWords } from "../emails/templating/render-override.ts";
import type { Mailbox, MailTransport } from "../emails/delivery/transport.ts";
import type { JobProcessor } from "../queues/backend.ts";
import { queuePolicies } from "../queues/jobs.ts";
import { parsePayload } from "./parse-payload.ts";

/** Attempts at one mail, over all its jobs, before it is marked as failed. */
const attemptsMax = queuePolicies["send-mail"].jobOptions.attempts;

/** The processor of `send-mail`. `sender` is who mails come from where the store names nobody. */
export function sendMail(
  pool: Pool,
  transport: MailTransport,
  sender: Mailbox,
  renderWords: RenderWords,
): JobProcessor {
  return async (job) => {
    const { mail: id, to } = parsePayload("send-mail", job.data);
    const mail = await claimMail(pool, id);
    if (mail === null) {
      const status = await readMailStatus(pool, id);
      if (status === null) {
        throw new UnrecoverableError(`There is no mail ${id}: this job was not made by Tallyman.`);
      }
      return { to, outcome: `nothing to do: it is ${status}` };
    }
    const message = await render(pool, mail, renderWords);
    const outcome = await transport.send({
      to: { name: mail.toName, email: mail.toEmail },
      from: {
        name: mail.from.name ?? sender.name,
        email: mail.from.email ?? sender.email,
      },
      ...(mail.replyTo === null ? {} : { replyTo: { name: "", email: mail.replyTo } }),
      subject: message.subject,
      html: message.html,
      text: message.text,
      messageId: mail.messageId,
    });
    if (outcome.kind === "sent") {
      await endAttempt(pool, id, { status: "sent" }, message);
      return { to, subject: message.subject, outcome: outcome.response };
    }
    const isLast = outcome.kind === "refused" || mail.attempts >= attemptsMax;
    const end = { status: isLast ? "failed" : "pending", error: outcome.reason } as const;
    await endAttempt(pool, id, end, message);
    const told = `Mail to ${to} was not taken: ${outcome.reason}`;
    throw isLast ? new UnrecoverableError(told) : new Error(told);
  };
}

/** Renders a claimed mail. Stored data that can't be read ends the mail: no later try could read it. */
async function render(pool: Pool, mail: ClaimedMail, renderWords: RenderWords) {
  const data = lowStockMailSchema.safeParse(mail.data);
  if (!data.success) {
    const error = `the mail's stored data can't be read (${data.error.issues[0]?.path.join(".")})`;
    await endAttempt(pool, mail.id, { status: "failed", error }, null);
    throw new UnrecoverableError(`Mail to ${mail.toEmail} can't be rendered: ${error}.`);
  }
  // React is loaded by the first mail, not by every process that could send one.
  const { renderLowStockMail } = await import("../emails/templating/render-mail.tsx");
  return renderLowStockMail(data.data, mail.override, renderWords);
}
