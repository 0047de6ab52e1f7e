// Opens a file of orders and finds its columns: those that were named, or those of a report that the header is of.

import {
  describeMissing,
  recogniseReport,
  type RecognisedReport,
} from "../../domain/order-report/recognise-report.ts";
import { reportNames } from "../../domain/order-report/order-report.ts";
import { findColumns } from "./find-columns.ts";
import { type CsvFile, type FileFormat, openCsv } from "./read-csv.ts";
import type { ReplayOptions } from "./replay-options.ts";

/** An open file of orders. */
export type HistoryFile = {
  readonly file: CsvFile;
  readonly format: FileFormat;
  /** The position of a cell in a row, by what it holds. */
  readonly positions: ReadonlyMap<string, number>;
  /** The column by what it holds. */
  readonly columns: Readonly<Record<string, string | undefined>>;
  /** The report that the file is; null if the columns were named. */
  readonly report: RecognisedReport | null;
};

/** Columns that were named in the command line, by what they hold. */
export type NamedColumns = Readonly<Record<string, string | undefined>>;

/** The options that opening a file needs. */
export type OpeningOptions = Pick<ReplayOptions, "report" | "delimiter" | "quotes">;

const required = { reference: "order's number", sku: "product's code", quantity: "units ordered" };

/** Opens the file, or returns its problems; then it is closed. Rejects with an `OperatorError` if it can't be opened. */
export async function openHistory(
  path: string,
  named: NamedColumns,
  options: OpeningOptions,
): Promise<HistoryFile | { readonly problems: readonly string[] }> {
  const areNamed = Object.keys(required).every((role) => named[role] !== undefined);
  const quotes = options.quotes ?? "standard";
  if (areNamed && options.report === undefined) {
    const format = { delimiter: options.delimiter ?? ",", quotes };
    return withColumns(await openCsv(path, format), format, named, null);
  }
  const file = await openCsv(path, { delimiter: options.delimiter, quotes });
  const { delimiter } = file;
  const report = recogniseReport(file.columns, options.report);
  if (report === null) return unrecognised(file, named, options);
  const columns = { ...Object.fromEntries(report.columns), ...onlyNamed(named) };
  const needsNone = delimiter === "\t" && report.layout.quotesInTabs === "none";
  if (options.quotes !== undefined || !needsNone) {
    return withColumns(file, { delimiter, quotes }, columns, report);
  }
  await file.close();
  const format = { delimiter, quotes: "none" } as const;
  return withColumns(await openCsv(path, format), format, columns, report);
}

async function withColumns(
  file: CsvFile,
  format: FileFormat,
  columns: NamedColumns,
  report: RecognisedReport | null,
): Promise<HistoryFile | { readonly problems: readonly string[] }> {
  const { positions, problems } = findColumns(columns, file.columns);
  if (problems.length === 0) return { file, format, positions, columns, report };
  await file.close();
  return { problems };
}

async function unrecognised(
  file: CsvFile,
  named: NamedColumns,
  { report }: OpeningOptions,
): Promise<{ readonly problems: readonly string[] }> {
  await file.close();
  const given = onlyNamed(named);
  const found = findColumns(given, file.columns).problems;
  if (report !== undefined)
    return { problems: [...describeMissing(file.columns, report), ...found] };
  const missing = Object.entries(required)
    .filter(([role]) => named[role] === undefined)
    .map(([role, what]) => `--${role} <column> is missing: expected the column with the ${what}`);
  const header = file.columns.slice(0, 30).join(", ");
  const hint = `the file is not recognised as an order report of ${reportNames.join(", ")}; its columns are ${header}. Name its columns, or its --format`;
  return { problems: [...missing, ...found, hint] };
}

function onlyNamed(named: NamedColumns): Record<string, string> {
  return Object.fromEntries(
    Object.entries(named).flatMap(([role, column]) =>
      column === undefined ? [] : [[role, column]],
    ),
  );
}
