// Queries for mail templates, their variables, and their versions.

import { queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import {
  templateSchema,
  templatePageSchema,
  variablesSchema,
  type versionPageSchema,
} from "../../../contract/templates.ts";
import type { Language } from "../../../domain/language/languages.ts";
import { read, segment } from "../../http/request.ts";

/** A template. */
export type MailTemplate = z.output<typeof templateSchema>;

/** A variable of a template. */
export type TemplateVariable = z.output<typeof variablesSchema>["variables"][number];

/** One version of a template. */
export type TemplateVersion = z.output<typeof versionPageSchema>["data"][number];

/** A subject and a body. Null keeps the built-in one. */
export type TemplateOverride = Pick<MailTemplate, "subject" | "body">;

/** All templates. */
export const templatesQuery = queryOptions({
  queryKey: ["mail-templates", "all"],
  queryFn: async ({ signal }) =>
    (await read("/mail-templates", templatePageSchema, { signal })).data,
});

/** A template with one of its texts: that of a language, or the one for all that have none of their own. */
export function templateQuery(code: string, language: Language | null) {
  return queryOptions({
    queryKey: ["mail-templates", "one", code, language],
    queryFn: ({ signal }) =>
      read(templatePath(code), templateSchema, { query: textQuery(language), signal }),
  });
}

/** Variables and samples. They change only with a new version of Tallyman. */
export function variablesQuery(code: string) {
  return queryOptions({
    queryKey: ["mail-templates", "variables", code],
    queryFn: ({ signal }) => read(`${templatePath(code)}/variables`, variablesSchema, { signal }),
    staleTime: Infinity,
  });
}

/** The part of a request that names a text. */
export const textQuery = (language: Language | null) => ({ language: language ?? undefined });

/** A template's address below `/api/v1`. */
export function templatePath(code: string): string {
  return `/mail-templates/${segment(code)}`;
}
