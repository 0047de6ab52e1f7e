// Renders words that somebody is writing, on believable data in this store's name.

import { readStore } from "../../db/store/store-settings.ts";
import type { LowStockMail } from "../../emails/low-stock-mail.ts";
import { lowStockSamples } from "../../emails/low-stock-samples.ts";
import type { RenderedMail } from "../../emails/render-low-stock-mail.tsx";
import { type TemplateOverride, validateOverride } from "../../emails/template-override.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";

/** Throws a 422 problem that names every fault with its line, where the words can't be used. */
export function refuseBroken(words: TemplateOverride): void {
  const validation = validateOverride(words);
  if (validation.ok) return;
  throw new Problem("validation-failed", "The template can't be used; see errors.", {
    errors: validation.problems.map(({ field, line, column, message }) => ({
      pointer: `/${field}`,
      detail: line === null ? message : `Line ${line}: ${message}`,
      line,
      column,
    })),
  });
}

/** A sample's data as this store would send it. */
export async function sampleData(
  { orm, publicUrl }: ApiContext,
  title: string | undefined,
  recipient?: LowStockMail["recipient"],
): Promise<LowStockMail> {
  const chosen = lowStockSamples.find((sample) => sample.title === title) ?? lowStockSamples[0];
  if (chosen === undefined) throw new Error("Expected at least one sample; there is none.");
  const { name } = await readStore(orm);
  return {
    ...chosen.data,
    store: { name, adminUrl: `${publicUrl()}/admin` },
    recipient: recipient ?? chosen.data.recipient,
  };
}

/** Renders words that passed `refuseBroken`. */
export async function renderDraft(
  words: TemplateOverride | null,
  data: LowStockMail,
): Promise<RenderedMail> {
  // React is loaded by the first preview, not by every process that could show one.
  const { renderLowStockMail } = await import("../../emails/render-low-stock-mail.tsx");
  return renderLowStockMail(data, words);
}
