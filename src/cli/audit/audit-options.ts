// Reads the options of `tallyman audit`.

import * as z from "zod";
import { OperatorError } from "../operator-error.ts";

/** The checked options. */
export type AuditOptions = {
  readonly json: boolean;
  /** Where to begin: after the last run that held, after the last one that held by an instant, or everything (null). */
  readonly since: "last" | Date | null;
};

const optionsSchema = z.object({
  json: z.boolean().default(false),
  since: z
    .union([
      z.literal("last"),
      z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    ])
    .optional(),
});

/** Reads the options as commander gives them. Throws an `OperatorError` if one can't be used. */
export function readAuditOptions(raw: Readonly<Record<string, unknown>>): AuditOptions {
  const { success, data } = optionsSchema.safeParse(raw);
  if (!success) {
    throw new OperatorError(
      `--since: expected last, or an instant such as 2026-05-01T06:00:00Z; got ${JSON.stringify(raw["since"])}.`,
    );
  }
  return { json: data.json, since: data.since ?? null };
}
