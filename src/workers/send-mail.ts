// Job `send-mail`, triggered by a new mail row: renders the mail and hands it to the mail server. A mail about an alert
// may have to wait, or be told in one mail with others. Safe to run twice, since only a row that is pending is claimed. If
// the process dies after the server's reply and before the row is marked, the mail is sent again, under the same
// Message-ID. When its attempts end, the row is marked as failed.

import { DelayedError, UnrecoverableError } from "bullmq";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { openMailedLink } from "../db/access/account-mails.ts";
import { type ClaimedMail, claimMail, readMailStatus } from "../db/mails/claim-mail.ts";
import { releaseMail, type ReleaseOptions } from "../db/mails/release-mail.ts";
import { voiceOf } from "../domain/language/languages.ts";
import {
  createPasswordToken,
  createTokenMask,
  mask,
  maskLinkOf,
  unmask,
} from "../emails/accounts/password-token.ts";
import { alertHeaders } from "../emails/delivery/alert-headers.ts";
import { digestTemplate } from "../emails/low-stock-digest/digest-template.ts";
import { prepareMail } from "../emails/mail-templates.ts";
import { type PreparedMail, UnreadableMailError } from "../emails/templating/mail-template.ts";
import type { RenderOverride } from "../emails/templating/render-override.ts";
import type { Mailbox, MailTransport } from "../emails/delivery/transport.ts";
import { announceOrLeaveToSweeper } from "../queues/announce-or-leave-to-sweeper.ts";
import type { JobProcessor, JobQueue } from "../queues/backend.ts";
import { mailJob, sendMail } from "../queues/jobs/send-mail.ts";
import { type EndMail, holdMail } from "./hold-mail.ts";
import { parsePayload } from "./parse-payload.ts";

/** Attempts at one mail, over all its jobs. After the last one it is marked as failed. */
const attemptsMax = sendMail.jobOptions.attempts;

/** How long the link of a forgotten password works from the moment at which its mail is sent, in hours. */
const resetHours = 1;

/** How an attempt ended: after `retried` another one follows. */
export type MailOutcome = "sent" | "retried" | "failed";

/** Gets the outcome of each attempt and, if a mail about an alert was sent, how long after its news, in seconds. */
export type OnMail = (outcome: MailOutcome, newsSeconds: number | null) => void;

/** How far ahead of the database's clock a job may begin before it waits again, in milliseconds. */
const earlyMs = 20;

/** What the processor of `send-mail` works with. Mails come from `sender` unless the store's settings name somebody. */
export type MailProcessorParts = {
  readonly pool: Pool;
  readonly queue: JobQueue<"send-mail">;
  readonly transport: MailTransport;
  readonly sender: Mailbox;
  readonly renderOverride: RenderOverride;
  readonly release: ReleaseOptions;
  readonly onMail: OnMail;
  /** Gets each failure of the mail server, and each mail that it refused. */
  readonly onFailure: (error: Error) => void;
  /** The address that links in headers begin with. */
  readonly publicUrl: () => string;
  readonly log: Logger;
};

/**
 * Creates the processor of `send-mail`. A job fails if the database or the mail server does not answer, and fails for good
 * if the mail was refused or used up its attempts.
 */
export function createMailProcessor(parts: MailProcessorParts): JobProcessor {
  const { pool, queue, transport, sender, renderOverride, onMail, onFailure, log } = parts;
  return async (job, token) => {
    const { mail: id, to } = parsePayload("send-mail", job.data);
    const release = await releaseMail(pool, id, parts.release);
    if (release.kind === "waits") {
      // This process's clock may differ from the database's, which decides whether it is time.
      await job.moveToDelayed(Date.now() + release.inMs + earlyMs, token);
      throw new DelayedError(`The mail waits until ${release.until.toISOString()}.`);
    }
    if (release.kind === "gathered") {
      const { mail, kind } = release;
      const about = `low stock, ${mail.count} news`;
      await announceOrLeaveToSweeper(queue, [mailJob({ ...mail, about })], log);
      return { to, outcome: `${kind} with others: mail ${mail.id} tells of it` };
    }
    const mail = await claimMail(pool, id);
    if (mail === null) {
      const status = await readMailStatus(pool, id);
      if (status === null) {
        throw new UnrecoverableError(`There is no mail ${id}: this job was not made by Tallyman.`);
      }
      return { to, outcome: `nothing to do: it is ${status}` };
    }
    return holdMail(pool, mail, (end) => attempt(mail, end));
  };

  async function attempt(mail: ClaimedMail, end: EndMail) {
    const to = mail.toEmail;
    const begun = performance.now();
    //! kill point: mail-claimed
    const ownMask = createTokenMask();
    const masked = { ...mail, data: maskLinkOf(mail.data, ownMask) };
    const { prepared, message } = await render(masked, renderOverride, (ended, rendered) => {
      onMail("failed", null);
      return end(ended, rendered);
    });
    const token = prepared.frame.hasOneTimeLink === true ? await openLink(mail.id) : undefined;
    if (token === null) {
      await end({ status: "cancelled", error: linkIsOver }, message);
      return { to, subject: message.subject, outcome: linkIsOver };
    }
    const outcome = await transport.send({
      to: { name: mail.toName, email: mail.toEmail },
      from: {
        name: mail.from.name ?? sender.name,
        email: mail.from.email ?? sender.email,
      },
      ...(mail.replyTo === null ? {} : { replyTo: { name: "", email: mail.replyTo } }),
      subject: message.subject,
      // What is kept and logged is the message without its token.
      html: token === undefined ? message.html : unmask(message.html, ownMask, token),
      text: token === undefined ? message.text : unmask(message.text, ownMask, token),
      ...(prepared.attachments.length === 0 ? {} : { attachments: prepared.attachments }),
      messageId: mail.messageId,
      ...(isAboutAlerts(mail) ? { headers: alertHeaders(mail, parts.publicUrl()) } : {}),
    });
    //! kill point: mail-handed-over
    if (outcome.kind === "sent") {
      const seconds = (performance.now() - begun) / 1_000;
      onMail("sent", mail.newsSeconds === null ? null : mail.newsSeconds + seconds);
      await end({ status: "sent" }, message);
      log.debug({ mail: mail.id, alert: mail.alertId }, "mail sent");
      return { to, subject: message.subject, outcome: without(outcome.response, token) };
    }
    const reason = without(outcome.reason, token);
    const isLast = outcome.kind === "refused" || mail.attempts >= attemptsMax;
    onMail(isLast ? "failed" : "retried", null);
    await end({ status: isLast ? "failed" : "pending", error: reason }, message);
    const failure = `Mail to ${to} was not accepted: ${reason}`;
    onFailure(new Error(reason));
    throw isLast ? new UnrecoverableError(failure) : new Error(failure);
  }

  /** Makes the link of a mail that has one, and resolves with its token; null if the mail is not to be sent any more. */
  async function openLink(mailId: string): Promise<string | null> {
    const { token, tokenHash } = createPasswordToken();
    if (!(await openMailedLink(pool, mailId, tokenHash, resetHours))) return null;
    //! kill point: link-opened
    return token;
  }
}

/** Why a mail with a one-time link was not sent. */
const linkIsOver =
  "Not sent: its link is not needed any more. It was used, replaced or taken back, its time is over, or its person has another address or is disabled.";

/** What a mail server said, without the token of a link that it repeated. */
const without = (said: string, token: string | undefined): string =>
  token === undefined ? said : mask(said, token);

/** Whether a mail is about alerts, so that its reader can switch such mails off. */
const isAboutAlerts = ({ alertId, templateCode }: ClaimedMail): boolean =>
  alertId !== null || templateCode === digestTemplate.code;

/** Renders a claimed mail. */
async function render(mail: ClaimedMail, renderOverride: RenderOverride, end: EndMail) {
  const prepared = await prepareOrFail(mail, end);
  // The first mail loads React. A process that sends none does without.
  const { renderMail } = await import("../emails/templating/render-mail.tsx");
  return { prepared, message: await renderMail(prepared, mail.override, renderOverride) };
}

/** Marks a mail as failed if its data can't be read: no later attempt could read it. */
async function prepareOrFail(mail: ClaimedMail, end: EndMail): Promise<PreparedMail> {
  try {
    return prepareMail(mail.templateCode, mail.data, voiceOf(mail.region));
  } catch (error) {
    if (!(error instanceof UnreadableMailError)) throw error;
    await end({ status: "failed", error: error.message }, null);
    throw new UnrecoverableError(`Mail to ${mail.toEmail} can't be rendered: ${error.message}.`);
  }
}
