// Renders a store's override for one mail. Only this reads text that somebody wrote, so only this can take long. It runs
// on the template thread: see template-thread.ts.

import { convert } from "html-to-text";
import type { TemplateOverride } from "../../domain/template-override.ts";
import type { PreparedMail } from "./mail-template.ts";
import { renderMarkdownBody } from "./markdown-body.ts";
import { renderSubject } from "./render-subject.ts";
import { TemplateProblem, toTemplateProblem } from "./template-problem.ts";

/** An override with the data of one mail in it. The body is null if the built-in one is to be drawn. */
export type RenderedOverride = {
  readonly subject: string;
  readonly body: { readonly html: string; readonly text: string } | null;
};

/** Renders an override, on a thread. The promise rejects with a `TemplateProblem` if the override can't be used. */
export type RenderOverride = (
  mail: PreparedMail,
  override: TemplateOverride,
) => Promise<RenderedOverride>;

/** In bytes. Gmail cuts a message off if its HTML is longer than 102 kB. The rest is for what mail servers add. */
const htmlBytesMax = 95_000;

/** Renders an override. Throws a `TemplateProblem` that names the field if the override can't be used. */
export function renderOverride(
  { template, voice, data, frame }: PreparedMail,
  override: TemplateOverride,
): RenderedOverride {
  const subject = inField("subject", () =>
    renderSubject(override.subject ?? template.words[voice.language].subject, data),
  );
  const { body } = override;
  if (body === null) return { subject, body: null };
  const html = inField("body", () => renderMarkdownBody(body, data, frame.links));
  refuseTooLarge(html);
  return { subject, body: { html, text: writeText(html) } };
}

/** Throws a `TemplateProblem` if HTML is longer than a mail may be. */
export function refuseTooLarge(html: string): void {
  const bytes = Buffer.byteLength(html);
  if (bytes <= htmlBytesMax) return;
  throw new TemplateProblem(
    `The body makes a mail of ${bytes} bytes; beyond ${htmlBytesMax} some mail programs cut it off.`,
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
