// Mail templates: the built-in ones, and the store's overrides.

import * as z from "zod";
import {
  listTemplateVersions,
  readTemplateOverride,
  saveTemplateOverride,
  type StoredTemplate,
} from "../../db/templates/template-overrides.ts";
import { findMailTemplate, mailTemplates } from "../../emails/mail-templates.ts";
import type { MailTemplate } from "../../emails/templating/mail-template.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { Problem } from "../http/problem.ts";
import { refuseBroken } from "./render-sample.ts";
import {
  plainListQuerySchema,
  templateSchema,
  templatePageSchema,
  templatePathSchema,
  templateRequestSchema,
  versionPageSchema,
} from "../../contract/templates.ts";

const tag = "Mail templates";
const unknown = { description: "There is no such template." };
const changed = { description: "It was changed meanwhile." };

const versionKeys = z.tuple([cursorKeys.integer]);

/** `GET /mail-templates`. */
export function listTemplatesEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/mail-templates",
    permission: "templates:read",
    tag,
    summary: "List mail templates",
    replies: { 200: { description: "Every template.", schema: templatePageSchema } },
    async handle() {
      const data = await Promise.all(
        mailTemplates.map(async (known) =>
          toReply(known, await readTemplateOverride(orm, known.code)),
        ),
      );
      return { status: 200, body: { data, nextCursor: null } };
    },
  });
}

/** `GET /mail-templates/{code}`. */
export function readTemplateEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/mail-templates/:code",
    permission: "templates:read",
    tag,
    summary: "Read a mail template",
    pathSchema: templatePathSchema,
    replies: { 200: { description: "The template.", schema: templateSchema }, 404: unknown },
    async handle({ path: { code } }) {
      const known = requireTemplate(code);
      const body = toReply(known, await readTemplateOverride(orm, code));
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `PUT /mail-templates/{code}`. */
export function saveTemplateEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "put",
    path: "/mail-templates/:code",
    permission: "templates:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Store an override of a mail template",
    pathSchema: templatePathSchema,
    bodySchema: templateRequestSchema,
    replies: {
      200: { description: "The template as it is now.", schema: templateSchema },
      404: unknown,
      412: changed,
      422: { description: "The override can't be used; each fault with its line." },
      429: { description: "Too many are being tried at once; see Retry-After." },
    },
    async handle({ path: { code }, body: override, actor, header }) {
      await refuseBroken(context, requireTemplate(code), override);
      const body = await saveTemplate(context.orm, { code, ...override, by: actor.label }, header);
      return { status: 200, body, headers: versionHeaders(body.version) };
    },
  });
}

/** `DELETE /mail-templates/{code}`. */
export function resetTemplateEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/mail-templates/:code",
    permission: "templates:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Reset a mail template to the built-in text",
    description: "The override stays in the list of versions.",
    pathSchema: templatePathSchema,
    replies: {
      204: { description: "The built-in text is used now." },
      404: unknown,
      412: changed,
    },
    async handle({ path: { code }, actor, header }) {
      await saveTemplate(orm, { code, subject: null, body: null, by: actor.label }, header);
      return { status: 204 };
    },
  });
}

/** `GET /mail-templates/{code}/versions`. */
export function listTemplateVersionsEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/mail-templates/:code/versions",
    permission: "templates:read",
    tag,
    summary: "List a mail template's versions, newest first",
    pathSchema: templatePathSchema,
    querySchema: plainListQuerySchema,
    replies: {
      200: { description: "A page of versions.", schema: versionPageSchema },
      404: unknown,
    },
    async handle({ path: { code }, query: { limit, cursor } }) {
      requireTemplate(code);
      const list = { keys: versionKeys, list: ["mail-template-versions", code] };
      const [below] = readCursor(list, cursor) ?? [];
      const versions = await listTemplateVersions(orm, code, { below, limit: limit + 1 });
      const body = cutPage(
        versions,
        limit,
        (entry) => entry,
        list,
        ({ version }) => [version],
      );
      return { status: 200, body };
    },
  });
}

async function saveTemplate(
  orm: ApiContext["orm"],
  change: Omit<Parameters<typeof saveTemplateOverride>[1], "name">,
  header: (name: string) => string | undefined,
) {
  const known = requireTemplate(change.code);
  const named = { ...change, name: known.name };
  return toReply(known, await saveTemplateOverride(orm, named, versionCondition(header)));
}

/** Finds a template by its code. Throws a 404 problem if there is none. */
export function requireTemplate(code: string): MailTemplate {
  const known = findMailTemplate(code);
  if (known !== undefined) return known;
  const codes = mailTemplates.map((entry) => entry.code).join(", ");
  throw new Problem("not-found", `There is no mail template of this code. There are: ${codes}.`);
}

function describe({ code, name, description, defaultSubject, starterBody }: MailTemplate) {
  return { code, name, description, defaultSubject, starterBody };
}

function toReply(known: MailTemplate, stored: StoredTemplate) {
  return { ...describe(known), ...stored };
}
