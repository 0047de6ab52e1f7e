// The endpoints that help to edit mail templates: the variables, a preview and a test mail.

import * as z from "zod";
import { readUsedOverride } from "../../db/templates/template-overrides.ts";
import { readStore } from "../../db/store/store-settings.ts";
import { mailTemplates } from "../../emails/mail-templates.ts";
import type { MailTemplate } from "../../emails/templating/mail-template.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { parsePart } from "../http/validate.ts";
import { prepareSample, refuseBroken, renderSample } from "./render-sample.ts";
import { sendTest } from "./send-test.ts";
import { requireTemplate } from "./template-endpoints.ts";
import {
  previewSchema,
  previewRequestSchema,
  sampleTitleSchema,
  sentTestSchema,
  templatePathSchema,
  testSendRequestSchema,
  variablesSchema,
} from "../../contract/templates.ts";

const tag = "Mail templates";
const unknown = { description: "There is no such template." };
const busy = { description: "Too many are being tried at once; see Retry-After." };
const broken = { description: "The override can't be used; each fault with its line." };

/** The titles of all templates' samples, for the OpenAPI document. */
const allTitles = [...new Set(mailTemplates.flatMap(titlesOf))];

/** `GET /mail-templates/{code}/variables`. */
export function listTemplateVariablesEndpoint(): Endpoint {
  return endpoint({
    method: "get",
    path: "/mail-templates/:code/variables",
    permission: "templates:read",
    tag,
    summary: "List the variables and samples of a mail template",
    pathSchema: templatePathSchema,
    replies: {
      200: { description: "Variables and samples.", schema: variablesSchema },
      404: unknown,
    },
    handle({ path: { code } }) {
      const template = requireTemplate(code);
      const body = { variables: template.variables, samples: titlesOf(template) };
      return Promise.resolve({ status: 200, body });
    },
  });
}

/** `POST /mail-templates/{code}/preview`. */
export function previewTemplateEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/mail-templates/:code/preview",
    permission: "templates:read",
    tag,
    summary: "Render an override without storing it",
    pathSchema: templatePathSchema,
    bodySchema: previewRequestSchema(allTitles),
    replies: {
      200: { description: "The mail.", schema: previewSchema },
      404: unknown,
      422: broken,
      429: busy,
    },
    async handle({ path: { code }, body: { sample, language, ...given } }) {
      const template = requireTemplate(code);
      refuseOtherSample(template, sample);
      const isGiven = given.subject !== null || given.body !== null;
      const override =
        isGiven || language === undefined
          ? given
          : await readUsedOverride(context.orm, code, language);
      await refuseBroken(context, template, override);
      const mail = await prepareSample(context, template, { title: sample, language });
      const { subject, html, text } = await renderSample(context, mail, override);
      return { status: 200, body: { subject, html, text } };
    },
  });
}

/** `POST /mail-templates/{code}/test-send`. */
export function sendTemplateTestEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "post",
    path: "/mail-templates/:code/test-send",
    permission: "templates:write",
    tag,
    summary: "Send a test of a mail template",
    description:
      "Uses the given override or, without one, what is stored. The mail is sent to the caller; another address needs the permission mails:write. The mail log has it.",
    pathSchema: templatePathSchema,
    bodySchema: testSendRequestSchema(allTitles),
    replies: {
      200: { description: "The mail server accepted it.", schema: sentTestSchema },
      404: unknown,
      409: { description: "The mail server refused it for good." },
      422: broken,
      429: busy,
      503: { description: "The mail server could not be reached or asked to wait." },
    },
    async handle({ path: { code }, body: { subject, body, sample, language, to }, actor }) {
      const template = requireTemplate(code);
      refuseOtherSample(template, sample);
      const isGiven = subject !== undefined || body !== undefined;
      const override = isGiven
        ? { subject: subject ?? null, body: body ?? null }
        : await readUsedOverride(
            context.orm,
            code,
            language ?? (await readStore(context.orm)).language,
          );
      await refuseBroken(context, template, override);
      const test = { template, override, sample, language, to };
      return { status: 200, body: await sendTest(context, actor, test) };
    },
  });
}

function titlesOf({ samples }: MailTemplate): string[] {
  return samples.map(({ title }) => title);
}

/** Throws a 422 problem if this template has no sample with the title; another template may have one. */
function refuseOtherSample(template: MailTemplate, sample: string | undefined): void {
  parsePart(z.object({ sample: sampleTitleSchema(titlesOf(template)) }), { sample }, "body");
}
