// Reads the options of `tallyman import`, and reports all that are wrong.

import * as z from "zod";
import { formatNames } from "../../domain/product-file/formats/format.ts";
import { usageErrorOf } from "../operator-error.ts";

const words: Readonly<Record<string, string>> = {
  format: `--format: expected one of ${formatNames.join(", ")}`,
  location: "--location: expected the name of a location, or *",
  encoding: "--encoding: expected the name of an encoding, such as windows-1252",
  url: "--url: expected an address such as http://127.0.0.1:3000",
  key: "--key: expected an API key, as in tm_...; or set TALLYMAN_KEY",
};

const optionsSchema = z.object({
  format: z.enum(formatNames).optional(),
  location: z.string().min(1).optional(),
  encoding: z.string().min(1).optional(),
  yes: z.boolean().default(false),
  url: z.url({ protocol: /^https?$/ }),
  key: z.string().regex(/^\S+$/),
});

/** The options, checked. */
export type ImportOptions = z.output<typeof optionsSchema>;

/** Reads the options. Throws an `UsageError` that lists all problems; it never shows the key. */
export function readImportOptions(raw: Readonly<Record<string, unknown>>): ImportOptions {
  const parsed = optionsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
  throw usageErrorOf(
    [...names].map((name) => words[name] ?? `--${name} is wrong`),
    "See tallyman import --help.",
  );
}
