// Checks everything that a replay needs before it starts: options, file and stock file. It reports all problems at
// once.

import { OperatorError, operatorErrorOf } from "../operator-error.ts";
import { createProgress, type ProgressStream } from "../progress.ts";
import type { History } from "./group-orders.ts";
import { type CsvFile, type FileFormat, openCsv } from "./read-csv.ts";
import { readHistory } from "./read-history.ts";
import { readStockFile } from "./read-stock-file.ts";
import { findColumns, readReplayOptions, type ReplayOptions } from "./replay-options.ts";

/** A checked replay. */
export type PreparedReplay = {
  readonly path: string;
  readonly options: ReplayOptions;
  /** Units by SKU, from the stock file. */
  readonly units: ReadonlyMap<string, number>;
  /**
   * Reads the file's rows; call it once. Rejects with an `OperatorError` if there are unreadable rows and the options do
   * not say to skip them.
   */
  readHistory(stream: ProgressStream): Promise<History>;
};

/**
 * Prepares the replay of the file at `path`. `raw` are the options of the command line. Rejects with an `OperatorError`
 * that lists all problems.
 */
export async function prepareReplay(
  path: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<PreparedReplay> {
  const { options, problems: optionProblems } = readReplayOptions(raw);
  const problems = [...optionProblems];
  const format = options?.format ?? { delimiter: ",", quotes: "standard" };
  const file = await opened(path, format, problems);
  const columns = file === undefined ? undefined : findColumns(wantedOf(raw), file.columns);
  problems.push(...(columns?.problems ?? []));
  const stock =
    options?.stockFrom === undefined ? undefined : await readStockFile(options.stockFrom, format);
  problems.push(...(stock?.problems ?? []));
  if (problems.length > 0 || file === undefined || columns === undefined || options === undefined) {
    await file?.close();
    throw operatorErrorOf(problems, "See tallyman replay --help.");
  }
  return {
    path,
    options,
    units: stock?.units ?? new Map(),
    async readHistory(stream) {
      const progress = createProgress(stream, "Reading the file", "rows");
      const history = await readHistory(file, columns.positions, progress.at);
      progress.end();
      if (!options.skipUnreadable) refuseUnreadable(path, history);
      return history;
    },
  };
}

async function opened(
  path: string,
  format: FileFormat,
  problems: string[],
): Promise<CsvFile | undefined> {
  try {
    return await openCsv(path, format);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    problems.push(error.message);
    return undefined;
  }
}

/** The columns of the command line. Read even if another option is wrong, so that all problems are reported. */
function wantedOf(raw: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  const roles = ["reference", "sku", "quantity", "name"];
  return Object.fromEntries(
    roles.map((role) => {
      const column = raw[role];
      return [role, typeof column === "string" && column.trim() !== "" ? column.trim() : undefined];
    }),
  );
}

/** Throws if there are unreadable rows. Each could be a sale, so the replay would show a wrong outcome without it. */
function refuseUnreadable(path: string, { unreadable, rows }: History): void {
  const { count, first } = unreadable;
  if (count === 0) return;
  const more = count - first.length;
  const problems = first.map((problem) => `${path}, ${problem}`);
  if (more > 0) problems.push(`${path}: and ${more.toLocaleString("en")} more rows`);
  throw operatorErrorOf(
    problems,
    `${count.toLocaleString("en")} of ${rows.toLocaleString("en")} rows can't be read; nothing was posted. Correct the file. If its quotes are just characters, such as inch marks, use --quotes none. To leave these rows out and count them, use --skip-unreadable.`,
  );
}
