// What runs on the template thread: does one piece of work after the other, and reports how each ended.

import { parentPort } from "node:worker_threads";
import { usualLanguage } from "../../domain/language/languages.ts";
import { mailTemplates, prepareMail, requireMailTemplate } from "../mail-templates.ts";
import { checkOverride, type OverrideField } from "./check-override.ts";
import { renderOverride } from "./render-override.ts";
import { type TemplateWork, templateWorkSchema, type ThreadMessage } from "./template-messages.ts";
import { toTemplateProblem } from "./template-problem.ts";

const report = (message: ThreadMessage) => parentPort?.postMessage(message);

function perform(work: TemplateWork): ThreadMessage {
  const { templateCode, override } = work;
  try {
    if (work.kind === "render") {
      const mail = prepareMail(templateCode, work.data, work.voice);
      return { kind: "rendered", rendered: renderOverride(mail, override) };
    }
    const began = (field: OverrideField) => report({ kind: "began", field });
    const template = requireMailTemplate(templateCode);
    return { kind: "checked", validation: checkOverride(template, override, began) };
  } catch (error) {
    const { line, column, message } = toTemplateProblem(error);
    return { kind: "problem", field: null, line, column, message };
  }
}

parentPort?.on("message", (message: unknown) => report(perform(templateWorkSchema.parse(message))));

// The first rendering takes far longer than later ones. It is done before the thread is ready, so that its time does
// not count as the time of an override.
const [template] = mailTemplates;
const [sample] = template?.samples ?? [];
if (template !== undefined && sample !== undefined) {
  const { words, prepare } = template;
  const { subject, starterBody } = words[usualLanguage];
  renderOverride(prepare(sample.data), { subject, body: starterBody });
}
report({ kind: "ready" });
