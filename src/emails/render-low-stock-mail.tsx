// Renders a low-stock mail from its data. It loads React, so import it only where mails are drawn, and there lazily.

import { render, toPlainText } from "react-email";
import { Layout } from "./layout.tsx";
import type { LowStockMail } from "./low-stock-mail.ts";
import { frameText, writeLowStockText } from "./low-stock-text.ts";
import { type LowStockWording, wordLowStock } from "./low-stock-wording.ts";
import { lowStockTemplate } from "./mail-templates.ts";
import { renderMarkdownBody } from "./markdown-body.ts";
import { renderSubject, type TemplateOverride } from "./template-override.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";
import { LowStockInternal } from "./templates/low-stock-internal.tsx";

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

/** Gmail cuts a message off where its HTML goes beyond 102 kB; this leaves room for what relays add. */
const HTML_BYTES_MAX = 95_000;

/**
 * Renders a low-stock mail, with the store's override where one is given and works. A broken override never stops the
 * mail: the built-in subject and body are rendered instead, and `overrideProblem` says why.
 */
export async function renderLowStockMail(
  data: LowStockMail,
  override: TemplateOverride | null,
): Promise<RenderedMail> {
  if (override === null || (override.subject === null && override.body === null)) {
    return { ...(await renderBuiltIn(data)), usedOverride: false, overrideProblem: null };
  }
  try {
    const content = await renderOverride(data, override);
    return { ...content, usedOverride: true, overrideProblem: null };
  } catch (error) {
    const overrideProblem = describeProblem(error);
    return { ...(await renderBuiltIn(data)), usedOverride: false, overrideProblem };
  }
}

async function renderBuiltIn(data: LowStockMail): Promise<MailContent> {
  return drawBuiltInBody(data, renderSubject(lowStockTemplate.defaultSubject, data));
}

async function renderOverride(
  data: LowStockMail,
  override: TemplateOverride,
): Promise<MailContent> {
  const subject = inField("subject", () =>
    renderSubject(override.subject ?? lowStockTemplate.defaultSubject, data),
  );
  const { body } = override;
  if (body === null) return drawBuiltInBody(data, subject);
  const bodyHtml = inField("body", () => renderMarkdownBody(body, data));
  const content = await drawStoredBody(data, subject, bodyHtml);
  const bytes = Buffer.byteLength(content.html);
  if (bytes > HTML_BYTES_MAX) {
    throw new TemplateProblem(
      `The body makes a mail of ${bytes} bytes; beyond ${HTML_BYTES_MAX} some mail programs cut it off.`,
    );
  }
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
  bodyHtml: string,
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
      <div style={{ overflowWrap: "anywhere" }} dangerouslySetInnerHTML={{ __html: bodyHtml }} />
    </Layout>,
  );
  const text = toPlainText(bodyHtml, {
    selectors: [
      { selector: "a", options: { linkBrackets: ["(", ")"], hideLinkHrefIfSameAsText: true } },
      { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
      ...["h1", "h2", "h3", "h4"].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
  return { subject, html, text: frameText(data, wording, text) };
}

/** Runs a step on one field of the override, so that its problem names the field. */
function inField(field: "subject" | "body", step: () => string): string {
  try {
    return step();
  } catch (error) {
    const { line, message } = toTemplateProblem(error);
    throw new TemplateProblem(line === null ? message : `Line ${line} of the ${field}: ${message}`);
  }
}

function describeProblem(error: unknown): string {
  return toTemplateProblem(error).message;
}
