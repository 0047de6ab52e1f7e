// Renders a mail for tests of what it says. Its words are rendered here, and not on a thread.

import type { LowStockMail } from "../../../src/emails/low-stock/low-stock-mail.ts";
import { renderLowStockMail as renderMail } from "../../../src/emails/templating/render-mail.tsx";
import { renderWords } from "../../../src/emails/templating/render-override.ts";
import type { TemplateOverride } from "../../../src/emails/templating/check-override.ts";

/** Renders a mail. */
export function renderLowStockMail(data: LowStockMail, override: TemplateOverride | null) {
  return renderMail(data, override, async (words, of) => renderWords(words, of));
}
