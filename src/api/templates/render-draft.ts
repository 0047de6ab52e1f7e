// Renders words that somebody is writing, on believable data in this store's name.

import { readStore } from "../../db/store/store-settings.ts";
import type { LowStockMail } from "../../emails/low-stock/low-stock-mail.ts";
import { lowStockSamples } from "../../emails/low-stock/low-stock-samples.ts";
import type { RenderedMail } from "../../emails/templating/render-mail.tsx";
import type { TemplateOverride } from "../../emails/templating/check-override.ts";
import { ThreadBusyError } from "../../emails/templating/template-thread.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";

/** Throws a 422 problem that names every fault with its line, where the words can't be used. */
export async function refuseBroken(
  { templates }: ApiContext,
  words: TemplateOverride,
): Promise<void> {
  const validation = await orBusyProblem(templates.check(words));
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
  { templates }: ApiContext,
  words: TemplateOverride | null,
  data: LowStockMail,
): Promise<RenderedMail> {
  // React is loaded by the first preview, not by every process that could show one.
  const { renderLowStockMail } = await import("../../emails/templating/render-mail.tsx");
  return orBusyProblem(renderLowStockMail(data, words, templates.render));
}

/** Templates are tried one after the other: whoever would wait long is asked to come again. */
async function orBusyProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ThreadBusyError)) throw error;
    throw new Problem(
      "too-many-requests",
      "Too many templates are being tried at once. Send the same request again in a second.",
      { headers: { "Retry-After": "1" } },
    );
  }
}
