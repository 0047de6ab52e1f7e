// The messages between a process and its template thread.

import * as z from "zod";
import { languages } from "../../domain/language/languages.ts";

const override = z.object({ subject: z.string().nullable(), body: z.string().nullable() });
const voice = z.object({ language: z.enum(languages), locale: z.string(), timeZone: z.string() });
const field = z.enum(["subject", "body"]);

/** Work for the thread: checks an override of a template, or renders it with the data of one mail. */
export const templateWorkSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("check"), templateCode: z.string(), override }),
  z.object({
    kind: z.literal("render"),
    templateCode: z.string(),
    data: z.unknown(),
    voice,
    override,
  }),
]);

/** Work for the thread. */
export type TemplateWork = z.output<typeof templateWorkSchema>;

const problem = { line: z.number().nullable(), column: z.number().nullable(), message: z.string() };

const checked = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), problems: z.array(z.object({ field, ...problem })) }),
]);

const rendered = z.object({
  subject: z.string(),
  body: z.object({ html: z.string(), text: z.string() }).nullable(),
});

/** What the thread reports: that it is ready, which field it reads now, and how its work ended. */
export const threadMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("began"), field }),
  z.object({ kind: z.literal("checked"), validation: checked }),
  z.object({ kind: z.literal("rendered"), rendered }),
  z.object({ kind: z.literal("problem"), field: field.nullable(), ...problem }),
]);

/** What the thread reports. */
export type ThreadMessage = z.output<typeof threadMessageSchema>;
