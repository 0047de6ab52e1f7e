// Mail templates: the built-in ones, and the store's overrides.

import * as z from "zod";
import {
  listOwnTexts,
  listTemplateVersions,
  readTemplateOverride,
  saveTemplateOverride,
  type StoredTemplate,
} from "../../db/templates/template-overrides.ts";
import { type Language, usualLanguage } from "../../domain/language/languages.ts";
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
  templateSchema,
  templatePageSchema,
  templatePathSchema,
  templateQuerySchema,
  templateRequestSchema,
  versionListQuerySchema,
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
        mailTemplates.map(async (known) => readReply(orm, known, null)),
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
    querySchema: templateQuerySchema,
    replies: { 200: { description: "The template.", schema: templateSchema }, 404: unknown },
    async handle({ path: { code }, query: { language = null } }) {
      const body = await readReply(orm, requireTemplate(code), language);
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
    description:
      "A mail is written with the text of its language, or else with the one for all languages, or else with the built-in text of its language.",
    pathSchema: templatePathSchema,
    querySchema: templateQuerySchema,
    bodySchema: templateRequestSchema,
    replies: {
      200: { description: "The template as it is now.", schema: templateSchema },
      404: unknown,
      412: changed,
      422: { description: "The override can't be used; each fault with its line." },
      429: { description: "Too many are being tried at once; see Retry-After." },
    },
    async handle({ path: { code }, query: { language = null }, body: override, actor, header }) {
      await refuseBroken(context, requireTemplate(code), override);
      const change = { code, language, ...override, by: actor.label };
      const body = await saveTemplate(context.orm, change, header);
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
    querySchema: templateQuerySchema,
    replies: {
      204: { description: "The built-in text is used now." },
      404: unknown,
      412: changed,
    },
    async handle({ path: { code }, query: { language = null }, actor, header }) {
      const nothing = { subject: null, body: null };
      await saveTemplate(orm, { code, language, ...nothing, by: actor.label }, header);
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
    querySchema: versionListQuerySchema,
    replies: {
      200: { description: "A page of versions.", schema: versionPageSchema },
      404: unknown,
    },
    async handle({ path: { code }, query: { limit, cursor, language = null } }) {
      requireTemplate(code);
      const list = { keys: versionKeys, list: ["mail-template-versions", code, language] };
      const [below] = readCursor(list, cursor) ?? [];
      const versions = await listTemplateVersions(
        orm,
        { code, language },
        { below, limit: limit + 1 },
      );
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
  const stored = await saveTemplateOverride(orm, named, versionCondition(header));
  return toReply(known, change.language, stored, await listOwnTexts(orm, known.code));
}

async function readReply(orm: ApiContext["orm"], known: MailTemplate, language: Language | null) {
  const { code } = known;
  const stored = await readTemplateOverride(orm, { code, language });
  return toReply(known, language, stored, await listOwnTexts(orm, code));
}

/** Finds a template by its code. Throws a 404 problem if there is none. */
export function requireTemplate(code: string): MailTemplate {
  const known = findMailTemplate(code);
  if (known !== undefined) return known;
  const codes = mailTemplates.map((entry) => entry.code).join(", ");
  throw new Problem("not-found", `There is no mail template of this code. There are: ${codes}.`);
}

function toReply(
  { code, name, description, words }: MailTemplate,
  language: Language | null,
  stored: StoredTemplate,
  ownTexts: Language[],
) {
  const { subject: defaultSubject, starterBody } = words[language ?? usualLanguage];
  return { code, language, ownTexts, name, description, defaultSubject, starterBody, ...stored };
}
