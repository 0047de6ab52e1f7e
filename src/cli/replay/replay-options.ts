// Reads a replay's options and finds the columns in a file's header. It returns all problems, not only the first.

import * as z from "zod";
import { unitsMax } from "../../contract/stock.ts";
import { reportNames, type ReportName } from "../../domain/order-report/order-report.ts";
import {
  slashedDateForms,
  type SlashedDateForm,
} from "../../domain/order-report/read-order-time.ts";

/** A replay's options, checked. */
export type ReplayOptions = {
  /** The system whose report the file is. Undefined: the columns are named, or the header is recognised. */
  readonly report: ReportName | undefined;
  /** Undefined: a comma if the columns are named; otherwise what the header has most. */
  readonly delimiter: string | undefined;
  /** Undefined: as the report needs it, otherwise `standard`. */
  readonly quotes: "standard" | "none" | undefined;
  /** What comes first in a date with slashes. */
  readonly slashedDates: SlashedDateForm | undefined;
  /** Statuses that the operator calls sales, and those that are none. */
  readonly sold: readonly string[];
  readonly notSold: readonly string[];
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

/** Statuses, separated by commas. */
const statuses = z
  .string()
  .transform((text) => text.split(",").filter((status) => status.trim() !== ""))
  .default([]);

/** The schema of each option. The columns are read with the file's header. */
const readers = {
  format: z.enum(reportNames).optional(),
  dates: z.enum(slashedDateForms).optional(),
  sold: statuses,
  notSold: statuses,
  delimiter: z
    .string()
    .transform((text) => delimiters[text] ?? text)
    .refine((text) => text.length === 1 && !/["\r\n]/.test(text))
    .optional(),
  quotes: z.enum(["standard", "none"]).optional(),
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
  format: { option: "--format", expected: `one of ${reportNames.join(", ")}` },
  dates: { option: "--dates", expected: `one of ${slashedDateForms.join(", ")}` },
  sold: { option: "--sold", expected: "statuses, separated by commas" },
  notSold: { option: "--not-sold", expected: "statuses, separated by commas" },
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
  const { speed, dates, format, ...rest } = parsed.data;
  return {
    options: {
      report: format,
      slashedDates: dates,
      delimiter: rest.delimiter,
      quotes: rest.quotes,
      sold: rest.sold,
      notSold: rest.notSold,
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
