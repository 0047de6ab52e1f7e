// Renders a mail from its template, its data and the store's override. It loads React, so import it only when a mail is
// rendered, and then with `import()`.

import { render } from "react-email";
import type { TemplateOverride } from "../../domain/template-override.ts";
import { oneLine } from "../../domain/one-line.ts";
import { Layout } from "./layout.tsx";
import type { MailBody, PreparedMail } from "./mail-template.ts";
import { refuseTooLarge, type RenderedOverride, type RenderOverride } from "./render-override.ts";
import { renderSubject } from "./render-subject.ts";
import { TemplateProblem } from "./template-problem.ts";

/** A mail as it is sent. */
export type RenderedMail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** Whether the store's override was used. */
  readonly usedOverride: boolean;
  /** Why the store's override was not used. Null if it was, or if there is none. */
  readonly overrideProblem: string | null;
};

type MailContent = Pick<RenderedMail, "subject" | "html" | "text">;

/**
 * Renders a mail, with the store's override if there is one and it works. A broken override never stops the mail: the
 * built-in subject and body are rendered instead, and `overrideProblem` says why. `renderOverride` does the part that
 * can take long: see template-thread.ts. Rejects if that part fails for a reason that is not in the override.
 */
export async function renderMail(
  mail: PreparedMail,
  override: TemplateOverride | null,
  renderOverride: RenderOverride,
): Promise<RenderedMail> {
  if (override === null || (override.subject === null && override.body === null)) {
    return { ...(await renderBuiltIn(mail)), usedOverride: false, overrideProblem: null };
  }
  try {
    const content = await renderOverridden(mail, await renderOverride(mail, override));
    return { ...content, usedOverride: true, overrideProblem: null };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    const overrideProblem = error.message;
    return { ...(await renderBuiltIn(mail)), usedOverride: false, overrideProblem };
  }
}

async function renderBuiltIn(mail: PreparedMail): Promise<MailContent> {
  const subject = renderSubject(mail.template.words[mail.voice.language].subject, mail.data);
  return frameBody(mail, subject, await mail.drawBody());
}

async function renderOverridden(
  mail: PreparedMail,
  { subject, body }: RenderedOverride,
): Promise<MailContent> {
  if (body === null) return frameBody(mail, subject, await mail.drawBody());
  const content = (
    // The HTML is sanitised: see renderMarkdownBody.
    <div style={{ overflowWrap: "anywhere" }} dangerouslySetInnerHTML={{ __html: body.html }} />
  );
  const framed = await frameBody(mail, subject, { content, text: body.text });
  refuseTooLarge(framed.html);
  return framed;
}

/** Puts the store's name above a body and the footer below it, in the HTML and in the plain text. */
async function frameBody(
  {
    voice: { language },
    data: { store },
    frame: { preheader, footer, isForOutsiders = false },
  }: PreparedMail,
  subject: string,
  { content, text }: MailBody,
): Promise<MailContent> {
  const html = await render(
    <Layout
      {...{ language, title: subject, preheader, store, footer, linksToApp: !isForOutsiders }}
    >
      {content}
    </Layout>,
  );
  return {
    subject,
    html,
    text: `${oneLine(store.name)}\n\n${text.trim()}\n\n-- \n${footer}\n${isForOutsiders ? "" : `${store.adminUrl}\n`}`,
  };
}
