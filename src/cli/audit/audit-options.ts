// Reads the options of `tallyman audit`.

import { userInfo } from "node:os";
import * as z from "zod";
import { UsageError } from "../operator-error.ts";

/** The checked options. */
export type AuditOptions = {
  readonly json: boolean;
  /** Where to begin: after the last run that held, after the last one that held by an instant, or everything (null). */
  readonly since: "last" | Date | null;
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
  const { json, since = null, repair, yes, by } = data;
  if (!repair) {
    if (yes || by !== undefined) {
      throw new UsageError("--yes and --by expected --repair beside them; it is missing.");
    }
    return { json, since, repair: null };
  }
  if (!yes && !isTerminal) {
    throw new UsageError(
      "--repair asks before each repair, so it expected a terminal; there is none. Add --yes to do every repair that is safe.",
    );
  }
  return { json, since, repair: { asks: !yes, actor: `operator:${operatorName(by)}` } };
}

/** The most characters of an operator's name. */
const nameMax = 100;

function operatorName(by: string | undefined): string {
  const name = (by ?? loginName()).trim();
  if (name !== "" && name.length <= nameMax) return name;
  throw new UsageError(
    `--by: expected the name of who repairs, of up to ${nameMax} characters; got ${JSON.stringify(name)}.`,
  );
}

/** The name of this process's user; empty if the system has none for its number. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}
