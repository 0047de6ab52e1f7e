// Checks all that a replay needs before it does anything: options, file and stock file, every problem
// named at once.

import { OperatorError, operatorErrorOf } from "../operator-error.ts";
import { createProgress, type ProgressStream } from "../progress.ts";
import { createGrouping, type History } from "./group-orders.ts";
import { type CsvFile, openCsv } from "./read-csv.ts";
import { readStockFile } from "./read-stock-file.ts";
import { findColumns, readReplayOptions, type ReplayOptions } from "./replay-options.ts";

/** A replay that can begin. */
export type PreparedReplay = {
  readonly path: string;
  readonly options: ReplayOptions;
  /** Units by SKU, as the stock file has them. */
  readonly units: ReadonlyMap<string, number>;
  /** Reads the file's rows, once. */
  readHistory(stream: ProgressStream): Promise<History>;
};

/**
 * Prepares the replay of the file at `path`. `raw` are the options as the command line gives them. Throws
 * an `OperatorError` that lists everything to put right.
 */
export async function prepareReplay(
  path: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<PreparedReplay> {
  const { options, problems: optionProblems } = readReplayOptions(raw);
  const problems = [...optionProblems];
  const delimiter = options?.delimiter ?? ",";
  const file = await opened(path, delimiter, problems);
  const columns = file === undefined ? undefined : findColumns(wantedOf(raw), file.columns);
  problems.push(...(columns?.problems ?? []));
  const stock =
    options?.stockFrom === undefined
      ? undefined
      : await readStockFile(options.stockFrom, delimiter);
  problems.push(...(stock?.problems ?? []));
  if (problems.length > 0 || file === undefined || columns === undefined || options === undefined) {
    throw operatorErrorOf(problems, "See tallyman replay --help.");
  }
  return {
    path,
    options,
    units: stock?.units ?? new Map(),
    readHistory: (stream) => readHistory(file, columns.positions, stream),
  };
}

async function opened(
  path: string,
  delimiter: string,
  problems: string[],
): Promise<CsvFile | undefined> {
  try {
    return await openCsv(path, delimiter);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

/** The columns as they were asked for: also where another option is wrong, so that both are told. */
function wantedOf(raw: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  const roles = ["reference", "sku", "quantity", "name"];
  return Object.fromEntries(
    roles.map((role) => {
      const column = raw[role];
      return [role, typeof column === "string" && column.trim() !== "" ? column.trim() : undefined];
    }),
  );
}

async function readHistory(
  file: CsvFile,
  positions: ReadonlyMap<string, number>,
  stream: ProgressStream,
): Promise<History> {
  const grouping = createGrouping();
  const progress = createProgress(stream, "Reading the file", "rows");
  let rows = 0;
  for await (const { line, cells } of file.rows) {
    const cell = (role: string): string => cells[positions.get(role) ?? -1] ?? "";
    grouping.add({
      line,
      reference: cell("reference"),
      sku: cell("sku"),
      quantity: cell("quantity"),
      name: cell("name"),
    });
    progress.at((rows += 1));
  }
  progress.end();
  return grouping.finish();
}
