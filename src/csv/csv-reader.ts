// Reads CSV text (RFC 4180) row by row, and checks every row against the header. A wrong row is reported as a fault with
// its line; the rows after it are read. The product import, the replay and its stock file use this one reader. Pure.

import { quoted } from "../domain/quoted.ts";
import { namedDelimiter } from "./delimiter-of.ts";
import { readQuotedRow, rowTooLong } from "./quoted-row.ts";

/** The format of a file, and the limits for reading it. */
export type CsvFormat = {
  readonly delimiter: string;
  /** `none`: a quote is a character like any other. */
  readonly quotes: "standard" | "none";
  readonly columnsMax: number;
  /** A longer row is a fault. This limits the memory that is needed. */
  readonly rowCharactersMax: number;
};

/** The header, a row, or a fault. `line` is the line where it begins, counted from 1. */
export type CsvRecord =
  | { readonly kind: "head"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "row"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "fault"; readonly line: number; readonly detail: string };

/** Reads one file, piece by piece. */
export type CsvReader = {
  /** Takes the next piece of text, and returns the records that are complete now. */
  push(text: string): CsvRecord[];
  /** Returns the remaining records. Call it after the last piece. */
  end(): CsvRecord[];
  /** The line of the next record. */
  line(): number;
};

/**
 * Creates a reader. The first record is the header, or a fault that makes the file unreadable; then no more records
 * follow. Lines end with LF, CRLF or CR, which may be mixed. Rows without any text are skipped, and so is a first line
 * such as `sep=;`, which names the separator; a file that names another one than the format's is unreadable.
 */
export function createCsvReader(format: CsvFormat): CsvReader {
  const { delimiter, quotes, rowCharactersMax: charactersMax } = format;
  const check = createRowCheck(format);
  const cellEnd = new RegExp(String.raw`[\r\n${codeOf(delimiter)}]`, "g");
  let text = "";
  let line = 1;
  /** The current row is too long and was reported; the rest of its line is skipped. */
  let isSkipping = false;
  let isFirst = true;

  function read(isEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length && !check.isOver()) {
      const lineEnd = endOfLine(text, at, isEnd);
      if (lineEnd === null && !isSkipping && text.length - at > charactersMax) {
        records.push(...check.fault(line, rowTooLong(charactersMax)));
        isSkipping = true;
      }
      if (lineEnd === null) {
        if (isSkipping) at = endsWithReturn(text) ? text.length - 1 : text.length;
        break;
      }
      const [end, next] = lineEnd;
      const row = isSkipping ? { records: [], next, lines: 1 } : rowAt(at, end, next, isEnd);
      if (row === null) break;
      isSkipping = false;
      records.push(...row.records);
      at = row.next;
      line += row.lines;
    }
    text = text.slice(at);
    return records;
  }

  function rowAt(start: number, end: number, next: number, isEnd: boolean) {
    const raw = text.slice(start, end);
    if (raw.length > charactersMax) {
      return { records: check.fault(line, rowTooLong(charactersMax)), next, lines: 1 };
    }
    const named = line === 1 ? namedDelimiter(raw) : null;
    if (named !== null) {
      const records =
        named === delimiter ? [] : check.fault(line, otherDelimiter(named, delimiter));
      return { records, next, lines: 1 };
    }
    if (quotes === "none" || !raw.includes('"')) {
      return { records: check.row(line, raw, raw.split(delimiter)), next, lines: 1 };
    }
    const row = readQuotedRow({ text, start, delimiter, cellEnd, isEnd, charactersMax });
    if (row.kind === "incomplete") return null;
    const records =
      row.kind === "fault"
        ? check.fault(line + row.lines - 1, row.detail)
        : check.row(line, text.slice(start, row.end), row.cells);
    return { records, next: row.next, lines: row.lines };
  }

  return {
    push(more) {
      if (check.isOver()) return [];
      text += isFirst && more.startsWith("\u{FEFF}") ? more.slice(1) : more;
      if (more !== "") isFirst = false;
      return read(false);
    },
    end: () => read(true),
    line: () => line,
  };
}

/** The end of the line at `at`, and the start of the next line; null if more text is needed to know. */
function endOfLine(text: string, at: number, isEnd: boolean): readonly [number, number] | null {
  lineEnd.lastIndex = at;
  const found = lineEnd.exec(text);
  if (found === null) return isEnd ? [text.length, text.length] : null;
  // A CR at the end of the text may be half of a CRLF.
  const next = found.index + found[0].length;
  if (!isEnd && found[0] === "\r" && next === text.length) return null;
  return [found.index, next];
}

const codeOf = (delimiter: string) =>
  String.raw`\u${delimiter.charCodeAt(0).toString(16).padStart(4, "0")}`;

const lineEnd = /\r\n|\n|\r/g;

const endsWithReturn = (text: string) => text.endsWith("\r");

/** Creates what decides about a row: it is the header, a row that fits it, a fault, or empty. */
function createRowCheck({ delimiter, columnsMax }: CsvFormat) {
  let head: readonly string[] | null = null;
  let isOver = false;

  function fault(line: number, detail: string): CsvRecord[] {
    // Without a header, the meaning of the cells is unknown.
    if (head === null) isOver = true;
    return [{ kind: "fault", line, detail }];
  }

  function row(line: number, raw: string, cells: readonly string[]): CsvRecord[] {
    if (cells.every((cell) => cell.trim() === "")) return [];
    if (raw.includes("\0")) return fault(line, nulDetail);
    if (head === null) {
      if (cells.length > columnsMax) return fault(line, tooManyColumns(cells.length, columnsMax));
      head = cells.map((cell) => cell.trim());
      return [{ kind: "head", line, cells: head }];
    }
    const detail = differenceFrom(head, cells, raw, delimiter);
    return detail === null ? [{ kind: "row", line, cells }] : fault(line, detail);
  }

  return { fault, row, isOver: () => isOver };
}

const nulDetail =
  "Expected text; this line has a NUL character. Was the file saved in another encoding? Save it as UTF-8.";

const tooManyColumns = (count: number, columnsMax: number) =>
  `Expected a header of at most ${columnsMax} columns; got ${count}.`;

const otherDelimiter = (named: string, delimiter: string) =>
  `The file says that ${quoted(named)} separates its columns; it was read with ${quoted(delimiter)}. Name the file's own separator, or remove this line.`;

/** Why a row does not fit the header, or null if it does. */
function differenceFrom(
  head: readonly string[],
  cells: readonly string[],
  raw: string,
  delimiter: string,
): string | null {
  const expected = head.length;
  if (cells.length !== expected) {
    const came = `Expected ${expected} ${expected === 1 ? "cell" : "cells"}, as in the header; got ${cells.length}`;
    const advice =
      cells.length > expected
        ? `. Put a cell that contains ${quoted(delimiter)} in quotes.`
        : `. Is a cell missing, or a closing quote?`;
    return `${came}: ${quoted(raw)}${advice}`;
  }
  if (cells.every((cell, index) => cell.trim() === head[index])) {
    return "Expected a row; this is the header again. Were two files joined? Remove this line.";
  }
  const lines = raw.split(/\r\n|\n|\r/);
  if (lines.length > 1 && lines.every((one) => one.split(delimiter).length === expected)) {
    return `Expected one row; a quote opens in this line and closes ${lines.length - 1} lines later, and each of these lines is a row by itself. Remove the quote, or write it twice.`;
  }
  return null;
}
