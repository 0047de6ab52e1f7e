// What is said between a process and its template thread.

import * as z from "zod";
import { lowStockMailSchema } from "../low-stock/low-stock-mail.ts";

const override = z.object({ subject: z.string().nullable(), body: z.string().nullable() });

/** Work for the thread: to check an override, or to render it on one mail's data. */
export const templateWorkSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("check"), override }),
  z.object({ kind: z.literal("render"), override, data: lowStockMailSchema }),
]);

/** Work for the thread. */
export type TemplateWork = z.output<typeof templateWorkSchema>;

const place = { line: z.number().nullable(), column: z.number().nullable(), message: z.string() };

const checked = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({
    ok: z.literal(false),
    problems: z.array(z.object({ field: z.enum(["subject", "body"]), ...place })),
  }),
]);

const rendered = z.object({
  subject: z.string(),
  body: z.object({ html: z.string(), text: z.string() }).nullable(),
});

/** What the thread says: that it is ready, which field it begins with, and how its work ended. */
export const threadMessageSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  z.object({ kind: z.literal("began"), field: z.enum(["subject", "body"]) }),
  z.object({ kind: z.literal("checked"), validation: checked }),
  z.object({ kind: z.literal("rendered"), words: rendered }),
  z.object({
    kind: z.literal("problem"),
    field: z.enum(["subject", "body"]).nullable(),
    ...place,
  }),
]);

/** What the thread says. */
export type ThreadMessage = z.output<typeof threadMessageSchema>;
