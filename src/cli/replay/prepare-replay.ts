// Checks everything that a replay needs before it starts: options, file and stock file. It reports all problems at
// once.

import { OperatorError, operatorErrorOf } from "../operator-error.ts";
import { createProgress, type ProgressStream } from "../progress.ts";
import type { History } from "./group-orders.ts";
import {
  type HistoryFile,
  type NamedColumns,
  openHistory,
  type OpeningOptions,
} from "./open-history.ts";
import { readHistory } from "./read-history.ts";
import { readStockFile } from "./read-stock-file.ts";
import { readReplayOptions, type ReplayOptions } from "./replay-options.ts";

/** How a file is read. */
export type Reading = {
  /** The report that it is; null if its columns were named. */
  readonly title: string | null;
  /** The report was recognised by the header, and not named. */
  readonly isRecognised: boolean;
  /** The columns by what they hold. */
  readonly columns: NamedColumns;
};

/** A checked replay. */
export type PreparedReplay = {
  readonly path: string;
  readonly options: ReplayOptions;
  /** How the file is read, for the outcome. */
  readonly reading: Reading;
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
  const opening = options ?? { report: undefined, delimiter: undefined, quotes: undefined };
  const opened = await openedOrProblem(path, columnsOf(raw), opening);
  if ("problems" in opened) problems.push(...opened.problems);
  const format =
    "file" in opened
      ? opened.format
      : { delimiter: opening.delimiter ?? ",", quotes: opening.quotes ?? "standard" };
  // A report with tabs is an exception; a stock file beside it is a CSV file like any other.
  const stockFormat = options?.delimiter === undefined ? commas : format;
  const stock =
    options?.stockFrom === undefined
      ? undefined
      : await readStockFile(options.stockFrom, stockFormat);
  problems.push(...(stock?.problems ?? []));
  if (problems.length > 0 || "problems" in opened || options === undefined) {
    if ("file" in opened) await opened.file.close();
    throw operatorErrorOf(problems, "See tallyman replay --help.");
  }
  return {
    path,
    options,
    units: stock?.units ?? new Map(),
    reading: {
      title: opened.report?.layout.title ?? null,
      isRecognised: options.report === undefined,
      columns: opened.columns,
    },
    async readHistory(stream) {
      const progress = createProgress(stream, "Reading the file", "rows");
      const history = await readHistory(opened, options, progress.at);
      progress.end();
      if (!options.skipUnreadable) refuseUnreadable(path, history);
      return history;
    },
  };
}

const commas = { delimiter: ",", quotes: "standard" } as const;

async function openedOrProblem(
  path: string,
  columns: NamedColumns,
  options: OpeningOptions,
): Promise<HistoryFile | { readonly problems: readonly string[] }> {
  try {
    return await openHistory(path, columns, options);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { problems: [error.message] };
  }
}

/** The columns of the command line. Read even if another option is wrong, so that all problems are reported. */
function columnsOf(raw: Readonly<Record<string, unknown>>): NamedColumns {
  const roles = ["reference", "sku", "quantity", "name", "date"];
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
