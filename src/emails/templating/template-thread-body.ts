// The template thread itself: does one piece of work after the other, and says how each ended.

import { parentPort } from "node:worker_threads";
import { lowStockSamples } from "../low-stock/low-stock-samples.ts";
import { lowStockTemplate } from "../mail-templates.ts";
import { renderWords } from "./render-override.ts";
import { type TemplateWork, templateWorkSchema, type ThreadMessage } from "./template-messages.ts";
import { validateOverride } from "./check-override.ts";
import { toTemplateProblem } from "./template-problem.ts";

const say = (message: ThreadMessage) => parentPort?.postMessage(message);

function perform(work: TemplateWork): ThreadMessage {
  try {
    if (work.kind === "render") {
      return { kind: "rendered", words: renderWords(work.override, work.data) };
    }
    const began = (field: "subject" | "body") => say({ kind: "began", field });
    return { kind: "checked", validation: validateOverride(work.override, began) };
  } catch (error) {
    const { line, column, message } = toTemplateProblem(error);
    return { kind: "problem", field: null, line, column, message };
  }
}

parentPort?.on("message", (message: unknown) => say(perform(templateWorkSchema.parse(message))));

// The first rendering takes far longer than the others. It is none of the time that somebody's words may take.
const [sample] = lowStockSamples;
const builtIn = { subject: lowStockTemplate.defaultSubject, body: lowStockTemplate.starterBody };
if (sample !== undefined) renderWords(builtIn, sample.data);
say({ kind: "ready" });
