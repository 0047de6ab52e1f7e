// Reads mail templates, what they may say, and their versions.

import { queryOptions } from "@tanstack/react-query";
import type * as z from "zod";
import {
  template,
  templatePage,
  variables,
  type versionPage,
} from "../../../contract/templates.ts";
import { read, segment } from "../../http/request.ts";

/** A template. */
export type MailTemplate = z.output<typeof template>;

/** What a template may say. */
export type TemplateVariable = z.output<typeof variables>["variables"][number];

/** One version of a template. */
export type TemplateVersion = z.output<typeof versionPage>["data"][number];

/** A subject and body; null leaves the built-in one in force. */
export type TemplateWords = Pick<MailTemplate, "subject" | "body">;

/** All templates. */
export const templatesQuery = queryOptions({
  queryKey: ["mail-templates", "all"],
  queryFn: async ({ signal }) => (await read("/mail-templates", templatePage, { signal })).data,
});

/** One template. */
export function templateQuery(code: string) {
  return queryOptions({
    queryKey: ["mail-templates", "one", code],
    queryFn: ({ signal }) => read(templatePath(code), template, { signal }),
  });
}

/** Variables and samples. They change with the program only. */
export function variablesQuery(code: string) {
  return queryOptions({
    queryKey: ["mail-templates", "variables", code],
    queryFn: ({ signal }) => read(`${templatePath(code)}/variables`, variables, { signal }),
    staleTime: Infinity,
  });
}

/** A template's address below `/api/v1`. */
export function templatePath(code: string): string {
  return `/mail-templates/${segment(code)}`;
}
