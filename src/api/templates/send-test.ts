// Sends a test of a template, so that its author sees it in their own mail program. The API sends it at once, not a
// worker, because its override may not be stored. The mail log has it like any other mail.

import { readAdminUser } from "../../db/access/read-admin-users.ts";
import { endAttempt } from "../../db/mails/end-attempt.ts";
import { writeTestMail } from "../../db/mails/write-test-mail.ts";
import { readStore } from "../../db/store/store-settings.ts";
import type { Language } from "../../domain/language/languages.ts";
import type { TemplateOverride } from "../../domain/template-override.ts";
import type { MailTemplate } from "../../emails/templating/mail-template.ts";
import type { PreparedMail } from "../../emails/templating/mail-template.ts";
import type { RenderedMail } from "../../emails/templating/render-mail.tsx";
import type { SendOutcome } from "../../emails/delivery/transport.ts";
import type { Actor } from "../auth/actor.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { prepareSample, renderSample } from "./render-sample.ts";

/** A test to send. Without `to` it goes to the caller. */
export type TestRequest = {
  readonly template: MailTemplate;
  /** Null for the built-in text. */
  readonly override: TemplateOverride | null;
  /** The title of a sample of the template; the first if left out. */
  readonly sample: string | undefined;
  /** The language of the mail; the store's if left out. */
  readonly language: Language | undefined;
  readonly to: string | undefined;
};

/** A test that was sent. `mail` is its id in the mail log; `response` is the mail server's. */
export type SentTest = {
  readonly mail: string;
  readonly to: string;
  readonly subject: string;
  readonly response: string;
};

/**
 * Sends a test. Throws a 403 or 422 problem if the recipient is not allowed or missing, a 409 if the mail server
 * refused the mail for good, and a 503 if it may accept the mail later.
 */
export async function sendTest(
  context: ApiContext,
  actor: Actor,
  { template, override, sample, language, to }: TestRequest,
): Promise<SentTest> {
  const { pool, config } = context;
  const recipient = await recipientOf(context, actor, to);
  const mail = await prepareSample(context, template, {
    title: sample,
    language,
    recipient,
  });
  const { attachments } = mail;
  const rendered = await renderSample(context, mail, override);
  const message = { ...rendered, subject: `Test: ${rendered.subject}` };
  const host = config.MAIL_FROM.slice(config.MAIL_FROM.indexOf("@") + 1);
  const claim = await writeTestMail(pool, {
    templateCode: template.code,
    templateName: template.name,
    toName: recipient.name,
    toEmail: recipient.email,
    data: mail.data,
    host,
  });
  const outcome = await deliver(context, recipient, { ...message, attachments }, claim.messageId);
  if (outcome.kind === "sent") {
    await endAttempt(pool, claim, { status: "sent" }, message);
    const { subject } = message;
    return { mail: claim.id, to: recipient.email, subject, response: outcome.response };
  }
  await endAttempt(pool, claim, { status: "failed", error: outcome.reason }, message);
  const { kind, reason } = outcome;
  throw kind === "refused"
    ? new Problem("conflict", `The mail server refused the test: ${reason}`, {
        code: "test-refused",
        extra: { reason },
      })
    : new Problem("unavailable", `The test could not be sent: ${reason}`, {
        code: "test-not-sent",
        extra: { reason },
      });
}

async function recipientOf(
  { orm }: ApiContext,
  actor: Actor,
  to: string | undefined,
): Promise<{ name: string; email: string }> {
  const self = actor.kind === "user" ? await readAdminUser(orm, actor.id) : null;
  if (self !== null && (to === undefined || to.toLowerCase() === self.email.toLowerCase())) {
    return { name: self.name, email: self.email };
  }
  if (to === undefined) {
    throw new Problem("validation-failed", "An API key has no address of its own.", {
      errors: [
        { pointer: "/to", detail: "Expected the address to send the test to; got nothing." },
      ],
    });
  }
  if (actor.permissions.has("mails:write")) return { name: to, email: to };
  throw new Problem(
    "permission-denied",
    "Expected the permission mails:write, to send a test to anybody but yourself. Leave `to` out.",
  );
}

async function deliver(
  { orm, config, transport }: ApiContext,
  to: { name: string; email: string },
  { subject, html, text, attachments }: RenderedMail & Pick<PreparedMail, "attachments">,
  messageId: string,
): Promise<SendOutcome> {
  const store = await readStore(orm);
  return transport.send({
    to,
    from: {
      name: store.mailFromName ?? config.MAIL_FROM_NAME,
      email: store.mailFromEmail ?? config.MAIL_FROM,
    },
    ...(store.replyToEmail === null ? {} : { replyTo: { name: "", email: store.replyToEmail } }),
    subject,
    html,
    text,
    ...(attachments.length === 0 ? {} : { attachments }),
    messageId,
  });
}
