// Writes rows as a CSV file for spreadsheets. All exports use it, so that they have one form.

import { stringify } from "csv-stringify/sync";
import type { Reply } from "../http/endpoint.ts";
import { guard } from "../../domain/product-file/product-columns.ts";

/** A cell. Texts are protected, so that a spreadsheet does not take one for a formula. Null is an empty cell. */
export type Cell = string | number | boolean | null;

/** A row: its cells by their columns. */
export type Row<Column extends string> = Readonly<Record<Column, Cell>>;

/**
 * The reply with the file `<name>-<day>.csv`. The rows come in pages; a page is read when the client has taken the page
 * before.
 */
export function csvReply<Column extends string>(
  name: string,
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row<Column>[]>,
): Reply {
  return fileReply(name, writePages(columns, pages));
}

/** The reply with a file whose text comes in pieces. */
export function fileReply(name: string, stream: AsyncGenerator<string, void, undefined>): Reply {
  const day = new Date().toISOString().slice(0, 10);
  const headers = {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": `attachment; filename="${name}-${day}.csv"`,
  };
  return { status: 200, headers, stream };
}

async function* writePages<Column extends string>(
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row<Column>[]>,
): AsyncGenerator<string, void, undefined> {
  // Excel needs the byte order mark to read the file as UTF-8.
  yield `\u{FEFF}${write([columns])}`;
  for await (const rows of pages) {
    if (rows.length > 0)
      yield write(rows.map((row) => columns.map((column) => guarded(row[column]))));
  }
}

function write(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: "windows", cast: { boolean: String } },
  );
}

const guarded = (cell: Cell): Cell => (typeof cell === "string" ? guard(cell) : cell);
