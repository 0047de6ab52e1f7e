// What an editor of mail templates needs besides storing them: the variables, a preview, a test.

import { readTemplateOverride } from "../../db/templates/template-overrides.ts";
import { lowStockSamples } from "../../emails/low-stock/low-stock-samples.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { refuseBroken, renderDraft, sampleData } from "./render-draft.ts";
import { sendTest } from "./send-test.ts";
import { requireTemplate } from "./template-endpoints.ts";
import {
  previewSchema,
  previewRequestSchema,
  sentTestSchema,
  templatePathSchema,
  testSendRequestSchema,
  variablesSchema,
} from "../../contract/templates.ts";

const tag = "Mail templates";
const unknown = { description: "There is no such template." };
const busy = { description: "Too many are being tried at once; see Retry-After." };
const broken = { description: "The words can't be used; each fault with its line." };

/** The endpoints below `/mail-templates/{code}` that store nothing of the template. */
export function tryTemplateEndpoints(context: ApiContext): Endpoint[] {
  return [
    endpoint({
      method: "get",
      path: "/mail-templates/:code/variables",
      permission: "templates:read",
      tag,
      summary: "List what a mail template may say",
      pathSchema: templatePathSchema,
      replies: {
        200: { description: "Variables and samples.", schema: variablesSchema },
        404: unknown,
      },
      handle({ path: { code } }) {
        const known = requireTemplate(code);
        const samples = lowStockSamples.map(({ title }) => title);
        return Promise.resolve({ status: 200, body: { variables: known.variables, samples } });
      },
    }),
    endpoint({
      method: "post",
      path: "/mail-templates/:code/preview",
      permission: "templates:read",
      tag,
      summary: "Render words without storing them",
      pathSchema: templatePathSchema,
      bodySchema: previewRequestSchema,
      replies: {
        200: { description: "The mail.", schema: previewSchema },
        404: unknown,
        422: broken,
        429: busy,
      },
      async handle({ path: { code }, body: { sample, ...words } }) {
        requireTemplate(code);
        await refuseBroken(context, words);
        const { subject, html, text } = await renderDraft(
          context,
          words,
          await sampleData(context, sample),
        );
        return { status: 200, body: { subject, html, text } };
      },
    }),
    endpoint({
      method: "post",
      path: "/mail-templates/:code/test-send",
      permission: "templates:write",
      tag,
      summary: "Send a test of a mail template",
      description:
        "Of the given words or, without them, of those stored. To whoever asks; to another address with the permission mails:write. It is kept in the mail log.",
      pathSchema: templatePathSchema,
      bodySchema: testSendRequestSchema,
      replies: {
        200: { description: "The mail server took it.", schema: sentTestSchema },
        404: unknown,
        409: { description: "The mail server refused it for good." },
        422: broken,
        429: busy,
        503: { description: "The mail server could not be reached or asked to wait." },
      },
      async handle({ path: { code }, body: { subject, body, sample, to }, actor }) {
        requireTemplate(code);
        const isDraft = subject !== undefined || body !== undefined;
        const words = isDraft
          ? { subject: subject ?? null, body: body ?? null }
          : await readTemplateOverride(context.orm, code);
        await refuseBroken(context, words);
        const test = { code, words, sample, to };
        return { status: 200, body: await sendTest(context, actor, test) };
      },
    }),
  ];
}
