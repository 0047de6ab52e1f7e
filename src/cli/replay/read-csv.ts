// Reads a CSV file row by row, as spreadsheets and databases write them: with a byte order mark or
// without, any line ending, quoted line breaks, rows of uneven length.

import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import * as z from "zod";
import { OperatorError } from "../operator-error.ts";

/** A row under the header. */
export type CsvRow = {
  /** The line of the file where the row ends. */
  readonly line: number;
  readonly cells: readonly string[];
};

/** An open file, its header read. */
export type CsvFile = {
  readonly columns: readonly string[];
  /** The rows, once. Throws an `OperatorError` where the file can't be read further, with the line. */
  readonly rows: AsyncIterable<CsvRow>;
};

const record = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/** A row larger than this is a quote that nobody closed. */
const rowBytesMax = 1_000_000;

/**
 * Opens a CSV file and reads its header. Throws an `OperatorError` where the file can't be opened, is
 * empty or is no CSV.
 */
export async function openCsv(path: string, delimiter: string): Promise<CsvFile> {
  const rows = readRows(path, delimiter);
  const header = await rows.next();
  if (header.done === true) {
    throw new OperatorError(`${path}: expected a header and rows; the file is empty.`);
  }
  return { columns: header.value.cells, rows };
}

async function* readRows(path: string, delimiter: string): AsyncGenerator<CsvRow, undefined> {
  try {
    await access(path, constants.R_OK);
    const source = createReadStream(path);
    const parser = parse({
      bom: true,
      delimiter,
      info: true,
      max_record_size: rowBytesMax,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
    source.on("error", (error) => parser.destroy(error));
    try {
      for await (const parsed of source.pipe(parser)) {
        const { record: cells, info } = record.parse(parsed);
        yield { line: info.lines, cells: cells.map((cell) => cell.trim()) };
      }
    } finally {
      source.destroy();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
  return undefined;
}

function unreadable(path: string, error: unknown): Error {
  if (error instanceof CsvError) {
    return new OperatorError(
      `${path} can't be read as CSV: ${error.message}. Put that line right, or check the quotes before it.`,
    );
  }
  if (error instanceof Error && "code" in error) {
    const reason = error.code === "ENOENT" ? "there is no such file" : error.message;
    return new OperatorError(`${path}: expected a CSV file that can be read; ${reason}.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}
