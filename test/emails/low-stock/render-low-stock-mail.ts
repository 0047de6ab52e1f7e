// Renders a low-stock mail for tests of what it says. Its override is rendered here, and not on a thread.

import type { TemplateOverride } from "../../../src/domain/template-override.ts";
import type { LowStockMail } from "../../../src/emails/low-stock/low-stock-mail.ts";
import { lowStockTemplate } from "../../../src/emails/low-stock/low-stock-template.ts";
import { renderMail } from "../../../src/emails/templating/render-mail.tsx";
import { renderOverride } from "../../../src/emails/templating/render-override.ts";

/** Renders a mail. */
export function renderLowStockMail(data: LowStockMail, override: TemplateOverride | null) {
  return renderMail(lowStockTemplate.prepare(data), override, async (mail, given) =>
    renderOverride(mail, given),
  );
}
