// Reads a replay's options and finds the columns in a file's header. It returns all problems, not only the first.

import * as z from "zod";
import { unitsMax } from "../../contract/stock.ts";
import { nearest } from "../../process/nearest.ts";
import type { FileFormat } from "./read-csv.ts";

/** The columns of the file that a replay reads. */
export type ColumnNames = {
  readonly reference: string;
  readonly sku: string;
  readonly quantity: string;
  readonly name: string | undefined;
};

/** A replay's options, checked. */
export type ReplayOptions = {
  readonly columns: ColumnNames;
  readonly format: FileFormat;
  /** Leave unreadable rows out and count them, instead of refusing the file. */
  readonly skipUnreadable: boolean;
  /** Initial units of a created product that is not in the stock file. */
  readonly stock: number;
  readonly stockFrom: string | undefined;
  readonly threshold: number | undefined;
  /** Undefined: as fast as possible. */
  readonly ordersPerSecond: number | undefined;
  /** The running service to replay to. Undefined: start one. */
  readonly url: string | undefined;
  /** Undefined only if the command starts a service, which then creates a temporary key. */
  readonly key: string | undefined;
};

const rateMax = 100_000;

const units = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
  .refine((count) => count <= unitsMax);

const delimiters: Readonly<Record<string, string>> = {
  tab: "\t",
  "\\t": "\t",
  comma: ",",
  semicolon: ";",
};

/** The schema of each option. */
const readers = {
  reference: z.string().trim().min(1),
  sku: z.string().trim().min(1),
  quantity: z.string().trim().min(1),
  name: z.string().trim().min(1).optional(),
  delimiter: z
    .string()
    .transform((text) => delimiters[text] ?? text)
    .refine((text) => text.length === 1 && !/["\r\n]/.test(text)),
  quotes: z.enum(["standard", "none"]).default("standard"),
  skipUnreadable: z.boolean().default(false),
  stock: units,
  stockFrom: z.string().min(1).optional(),
  threshold: units.optional(),
  speed: z.union([
    z.literal("max").transform(() => undefined),
    z
      .string()
      .regex(/^\d{1,6}\/s$/)
      .transform((text) => Number.parseInt(text, 10))
      .refine((rate) => rate >= 1 && rate <= rateMax),
  ]),
  url: z.url({ protocol: /^https?$/ }).optional(),
  key: z.string().regex(/^\S+$/).optional(),
};

const expectations: Readonly<Record<keyof typeof readers, { option: string; expected: string }>> = {
  reference: {
    option: "--reference <column>",
    expected: "the column with the order's number, as in --reference InvoiceNo",
  },
  sku: {
    option: "--sku <column>",
    expected: "the column with the product's code, as in --sku StockCode",
  },
  quantity: {
    option: "--quantity <column>",
    expected: "the column with the units ordered, as in --quantity Quantity",
  },
  name: { option: "--name <column>", expected: "the column with the product's name" },
  delimiter: { option: "--delimiter", expected: "one character, or the word tab" },
  quotes: { option: "--quotes", expected: "standard, or none if quotes are just characters" },
  skipUnreadable: { option: "--skip-unreadable", expected: "no value" },
  stock: { option: "--stock", expected: `a whole number from 0 to ${unitsMax}` },
  stockFrom: { option: "--stock-from", expected: "a CSV file with the columns sku and units" },
  threshold: { option: "--threshold", expected: `a whole number from 0 to ${unitsMax}` },
  speed: { option: "--speed", expected: `max, or orders a second from 1/s to ${rateMax}/s` },
  url: { option: "--url", expected: "an address such as http://127.0.0.1:3000" },
  key: { option: "--key", expected: "an API key, as in tm_..." },
};

const optionsSchema = z.object(readers);

/** The options, or all their problems. */
export type ReadOptions =
  | { readonly options: ReplayOptions; readonly problems: readonly [] }
  | { readonly options: undefined; readonly problems: readonly string[] };

/** Reads the options of the command line. Columns are not looked up in the file. */
export function readReplayOptions(raw: Readonly<Record<string, unknown>>): ReadOptions {
  const parsed = optionsSchema.safeParse(raw);
  const problems = parsed.success ? [] : faultsOf(raw, parsed.error);
  if (raw["url"] !== undefined && raw["key"] === undefined) {
    problems.push(
      "--key: expected a key of the service at --url; without both options, the command starts Tallyman itself",
    );
  }
  if (!parsed.success || problems.length > 0) return { options: undefined, problems };
  const { reference, sku, quantity, name, speed, ...rest } = parsed.data;
  return {
    options: {
      columns: { reference, sku, quantity, name },
      format: { delimiter: rest.delimiter, quotes: rest.quotes },
      skipUnreadable: rest.skipUnreadable,
      stock: rest.stock,
      stockFrom: rest.stockFrom,
      threshold: rest.threshold,
      ordersPerSecond: speed,
      url: rest.url,
      key: rest.key,
    },
    problems: [],
  };
}

function faultsOf(raw: Readonly<Record<string, unknown>>, error: z.ZodError): string[] {
  const wrong = new Set(error.issues.map((issue) => issue.path[0]));
  return Object.entries(expectations)
    .filter(([name]) => wrong.has(name))
    .map(([name, { option, expected }]) => {
      // A key is a secret and is never shown.
      const came =
        raw[name] === undefined || name === "key" ? "" : `; got ${JSON.stringify(raw[name])}`;
      return raw[name] === undefined
        ? `${option} is missing: expected ${expected}`
        : `${option}: expected ${expected}${came}`;
    });
}

/**
 * Finds the wanted columns in a file's header. `wanted` has the column's name by the role; undefined is not wanted.
 * `positions` has the position by the role. If a column is missing, `problems` suggests one and lists the header.
 */
export function findColumns(
  wanted: Readonly<Record<string, string | undefined>>,
  header: readonly string[],
): { readonly positions: ReadonlyMap<string, number>; readonly problems: readonly string[] } {
  const positions = new Map<string, number>();
  const problems: string[] = [];
  for (const [role, column] of Object.entries(wanted)) {
    if (column === undefined) continue;
    const position = header.indexOf(column);
    if (position >= 0 && position === header.lastIndexOf(column)) {
      positions.set(role, position);
      continue;
    }
    if (position >= 0) {
      problems.push(
        `the file has the column "${column}" more than once; rename all but one of them`,
      );
      continue;
    }
    const near = nearest(column, header);
    const advice = near === undefined ? "" : `; did you mean "${near}"?`;
    problems.push(`there is no column "${column}" in the file${advice}`);
  }
  if (problems.length > 0) problems.push(describeHeader(header));
  return { positions, problems };
}

function describeHeader(header: readonly string[]): string {
  const [only = ""] = header;
  const other = [";", "\t", ",", "|"].find((character) => only.includes(character));
  if (header.length === 1 && other !== undefined) {
    const name = other === "\t" ? "tab" : `"${other}"`;
    return `the file has one column, "${only}"; does it use another delimiter? Try --delimiter ${name}`;
  }
  const shown = header.slice(0, 30).map((column) => (column === "" ? "(unnamed)" : column));
  const more = header.length > 30 ? `, and ${header.length - 30} more` : "";
  return `the file's columns are ${shown.join(", ")}${more}`;
}
