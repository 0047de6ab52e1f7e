// Renders a low-stock mail from its data. It loads React, so import it only where mails are drawn, and there lazily.

import { render } from "react-email";
import { Layout } from "./layout.tsx";
import type { LowStockMail } from "../low-stock/low-stock-mail.ts";
import { frameText, writeLowStockText } from "../low-stock/low-stock-text.ts";
import { type LowStockWording, wordLowStock } from "../low-stock/low-stock-wording.ts";
import { lowStockTemplate } from "../mail-templates.ts";
import { refuseTooLarge, type RenderedWords, type RenderWords } from "./render-override.ts";
import { renderSubject, type TemplateOverride } from "./check-override.ts";
import { TemplateProblem } from "./template-problem.ts";
import { LowStockInternal } from "../low-stock/low-stock-body.tsx";

/** A mail as it is sent. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  /** Whether any of it came from the store's override. */
  usedOverride: boolean;
  /** Why the store's override was not used, or null where it was, or where there is none. */
  overrideProblem: string | null;
}

type MailContent = Pick<RenderedMail, "subject" | "html" | "text">;

/**
 * Renders a low-stock mail, with the store's override where one is given and works. A broken override never stops the
 * mail: the built-in subject and body are rendered instead, and `overrideProblem` says why. `renderWords` does what
 * can take long: see template-thread.ts.
 */
export async function renderLowStockMail(
  data: LowStockMail,
  override: TemplateOverride | null,
  renderWords: RenderWords,
): Promise<RenderedMail> {
  if (override === null || (override.subject === null && override.body === null)) {
    return { ...(await renderBuiltIn(data)), usedOverride: false, overrideProblem: null };
  }
  try {
    const content = await drawWords(data, await renderWords(override, data));
    return { ...content, usedOverride: true, overrideProblem: null };
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    const overrideProblem = error.message;
    return { ...(await renderBuiltIn(data)), usedOverride: false, overrideProblem };
  }
}

async function renderBuiltIn(data: LowStockMail): Promise<MailContent> {
  return drawBuiltInBody(data, renderSubject(lowStockTemplate.defaultSubject, data));
}

async function drawWords(
  data: LowStockMail,
  { subject, body }: RenderedWords,
): Promise<MailContent> {
  if (body === null) return drawBuiltInBody(data, subject);
  const content = await drawStoredBody(data, subject, body);
  refuseTooLarge(content.html);
  return content;
}

async function drawBuiltInBody(data: LowStockMail, subject: string): Promise<MailContent> {
  const wording = wordLowStock(data);
  const html = await render(<LowStockInternal subject={subject} data={data} wording={wording} />);
  return { subject, html, text: writeLowStockText(data, wording) };
}

async function drawStoredBody(
  data: LowStockMail,
  subject: string,
  body: { html: string; text: string },
): Promise<MailContent> {
  const wording: LowStockWording = wordLowStock(data);
  const html = await render(
    <Layout
      title={subject}
      preheader={wording.preheader}
      store={data.store}
      footer={wording.footer}
    >
      {/* The body is sanitised: see renderMarkdownBody. */}
      <div style={{ overflowWrap: "anywhere" }} dangerouslySetInnerHTML={{ __html: body.html }} />
    </Layout>,
  );
  return { subject, html, text: frameText(data, wording, body.text) };
}
