// Renders a store's own words for one mail. This is all that is done with text that somebody wrote, and so all that
// can take long. It runs on the template thread: see template-thread.ts.

import { convert } from "html-to-text";
import type { LowStockMail } from "../low-stock/low-stock-mail.ts";
import { lowStockTemplate } from "../mail-templates.ts";
import { renderMarkdownBody } from "./markdown-body.ts";
import { renderSubject, type TemplateOverride } from "./check-override.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** The words of one mail. The body is null if the built-in one is to be drawn. */
export interface RenderedWords {
  subject: string;
  body: { html: string; text: string } | null;
}

/** Renders words. The promise rejects with a TemplateProblem if they can't be used. */
export type RenderWords = (
  override: TemplateOverride,
  data: LowStockMail,
) => Promise<RenderedWords>;

/** Gmail cuts a message off if its HTML goes beyond 102 kB; this leaves room for what relays add. */
const HTML_BYTES_MAX = 95_000;

/** Throws a TemplateProblem that names the field if the override can't be used. */
export function renderWords(override: TemplateOverride, data: LowStockMail): RenderedWords {
  const subject = inField("subject", () =>
    renderSubject(override.subject ?? lowStockTemplate.defaultSubject, data),
  );
  const { body } = override;
  if (body === null) return { subject, body: null };
  const html = inField("body", () => renderMarkdownBody(body, data));
  refuseTooLarge(html);
  return { subject, body: { html, text: writeText(html) } };
}

/** Throws a TemplateProblem if HTML is more than a mail can hold. */
export function refuseTooLarge(html: string): void {
  const bytes = Buffer.byteLength(html);
  if (bytes <= HTML_BYTES_MAX) return;
  throw new TemplateProblem(
    `The body makes a mail of ${bytes} bytes; beyond ${HTML_BYTES_MAX} some mail programs cut it off.`,
  );
}

function writeText(html: string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      ...["td", "th"].map((selector) => ({
        selector,
        format: "block",
        options: { leadingLineBreaks: 1, trailingLineBreaks: 1 },
      })),
      { selector: "a", options: { linkBrackets: ["(", ")"], hideLinkHrefIfSameAsText: true } },
      { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
      ...["h1", "h2", "h3", "h4"].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
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
