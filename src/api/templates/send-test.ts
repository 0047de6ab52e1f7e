// Sends a test of a template, so that its writer sees it in their own mail program. It is sent here and now,
// since its words may not be stored, and kept in the mail log like any other.

import { readAdminUser } from "../../db/access/read-admin-users.ts";
import { endAttempt } from "../../db/mails/end-attempt.ts";
import { writeTestMail } from "../../db/mails/write-mail.ts";
import { readStore } from "../../db/store/store-settings.ts";
import type { RenderedMail } from "../../emails/templating/render-mail.tsx";
import type { TemplateOverride } from "../../emails/templating/check-override.ts";
import type { SendOutcome } from "../../emails/delivery/transport.ts";
import type { Actor } from "../auth/actor.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { renderDraft, sampleData } from "./render-draft.ts";

/** A test to be sent: of these words, on this sample, to this address or to whoever asks. */
export type TestRequest = {
  readonly code: string;
  readonly words: TemplateOverride | null;
  readonly sample: string | undefined;
  readonly to: string | undefined;
};

/** A test that was sent. */
export type SentTest = {
  readonly mail: string;
  readonly to: string;
  readonly subject: string;
  readonly response: string;
};

/** Sends a test. Throws a problem where its recipient is not allowed, or the mail was not taken. */
export async function sendTest(
  context: ApiContext,
  actor: Actor,
  { code, words, sample, to }: TestRequest,
): Promise<SentTest> {
  const { pool, config } = context;
  const recipient = await recipientOf(context, actor, to);
  const data = await sampleData(context, sample, recipient);
  const rendered = await renderDraft(context, words, data);
  const message = { ...rendered, subject: `Test: ${rendered.subject}` };
  const host = config.MAIL_FROM.slice(config.MAIL_FROM.indexOf("@") + 1);
  const { id, messageId } = await writeTestMail(pool, {
    templateCode: code,
    toName: recipient.name,
    toEmail: recipient.email,
    data,
    host,
  });
  const outcome = await deliver(context, recipient, message, messageId);
  if (outcome.kind === "sent") {
    await endAttempt(pool, id, { status: "sent" }, message);
    const { subject } = message;
    return { mail: id, to: recipient.email, subject, response: outcome.response };
  }
  await endAttempt(pool, id, { status: "failed", error: outcome.reason }, message);
  throw outcome.kind === "refused"
    ? new Problem("conflict", `The mail server refused the test: ${outcome.reason}`)
    : new Problem("unavailable", `The test could not be sent: ${outcome.reason}`);
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
  { subject, html, text }: RenderedMail,
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
    messageId,
  });
}
