// Reads the options of `tallyman audit`.

import * as z from "zod";
import { UsageError } from "../operator-error.ts";
import { operatorName } from "../operator-name.ts";

/** The checked options. */
export type AuditOptions = {
  readonly json: boolean;
  /** Where to begin: after the last run that held, after the last one that held by an instant, or everything (null). */
  readonly since: "last" | Date | null;
  /** Files of closed months to prove the books with. */
  readonly files: readonly string[];
  /** How to repair, or null for not at all. `actor` is who does it, as the ledger names them. */
  readonly repair: { readonly asks: boolean; readonly actor: string } | null;
};

const optionsSchema = z.object({
  json: z.boolean().default(false),
  since: z
    .union([
      z.literal("last"),
      z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
    ])
    .optional(),
  repair: z.boolean().default(false),
  yes: z.boolean().default(false),
  by: z.string().optional(),
  file: z.array(z.string()).default([]),
});

/**
 * Reads the options as commander gives them. `isTerminal`: whether somebody can be asked. Throws an `UsageError` if an
 * option can't be used.
 */
export function readAuditOptions(
  raw: Readonly<Record<string, unknown>>,
  isTerminal: boolean,
): AuditOptions {
  const { success, data } = optionsSchema.safeParse(raw);
  if (!success) {
    throw new UsageError(
      `--since: expected last, or an instant such as 2026-05-01T06:00:00Z; got ${JSON.stringify(raw["since"])}.`,
    );
  }
  const { json, since = null, repair, yes, by, file: files } = data;
  if (files.length > 0 && (since !== null || repair)) {
    throw new UsageError(
      "--file proves everything and repairs nothing, so it expected neither --since nor --repair beside it. Leave them out.",
    );
  }
  if (!repair) {
    if (yes || by !== undefined) {
      throw new UsageError("--yes and --by expected --repair beside them; it is missing.");
    }
    return { json, since, files, repair: null };
  }
  if (!yes && !isTerminal) {
    throw new UsageError(
      "--repair asks before each repair, so it expected a terminal; there is none. Add --yes to do every repair that is safe.",
    );
  }
  return { json, since, files, repair: { asks: !yes, actor: `operator:${operatorName(by)}` } };
}
