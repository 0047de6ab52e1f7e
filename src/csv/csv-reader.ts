// Reads CSV text row by row and compares every row with what the head promises. A row that is not as it should be is
// told with its line and left out, and the rows after it are read: nothing is guessed, nothing is lost in silence.
// The import, the replay and its stock file all use it, so that each understands a file in the same way. It is pure.

import { quoted } from "../domain/quoted.ts";
import { readQuotedRow, rowTooLong } from "./quoted-row.ts";

/** How a file is written, and how much of it is read. */
export type CsvFormat = {
  readonly delimiter: string;
  /** `none`: the file quotes nothing, so a quote is a character like any other. */
  readonly quotes: "standard" | "none";
  readonly columnsMax: number;
  /** A row of more characters is told and left out. Bounds what is held in memory. */
  readonly rowCharactersMax: number;
};

/** What is found in a file. `line` is the line where it begins; the first line is 1. */
export type CsvRecord =
  | { readonly kind: "head"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "row"; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: "fault"; readonly line: number; readonly detail: string };

/** A file under way. */
export type CsvReader = {
  /** Takes the next piece of text, and gives what it completes. */
  push(text: string): CsvRecord[];
  /** Gives what is left when there is no more text. */
  end(): CsvRecord[];
  /** The line that is read next. */
  line(): number;
};

/**
 * Creates a reader. The first record is the head, or the fault that makes the file unreadable; after such a fault there
 * are no more. Lines end with LF, CRLF or CR, also mixed. Lines without any text are no rows.
 */
export function createCsvReader(format: CsvFormat): CsvReader {
  const { delimiter, quotes, rowCharactersMax: charactersMax } = format;
  const judge = createJudge(format);
  const cellEnd = new RegExp(String.raw`[\r\n${codeOf(delimiter)}]`, "g");
  let text = "";
  let line = 1;
  /** The row under way is too long and told; the rest of its line is not looked at. */
  let isSkipping = false;
  let isFirst = true;

  function read(isEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < text.length && !judge.isOver()) {
      const lineEnd = endOfLine(text, at, isEnd);
      if (lineEnd === null && !isSkipping && text.length - at > charactersMax) {
        records.push(...judge.fault(line, rowTooLong(charactersMax)));
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
      return { records: judge.fault(line, rowTooLong(charactersMax)), next, lines: 1 };
    }
    if (quotes === "none" || !raw.includes('"')) {
      return { records: judge.row(line, raw, raw.split(delimiter)), next, lines: 1 };
    }
    const row = readQuotedRow({ text, start, delimiter, cellEnd, isEnd, charactersMax });
    if (row.kind === "incomplete") return null;
    const records =
      row.kind === "fault"
        ? judge.fault(line + row.lines - 1, row.detail)
        : judge.row(line, text.slice(start, row.end), row.cells);
    return { records, next: row.next, lines: row.lines };
  }

  return {
    push(more) {
      if (judge.isOver()) return [];
      text += isFirst && more.startsWith("\u{FEFF}") ? more.slice(1) : more;
      if (more !== "") isFirst = false;
      return read(false);
    },
    end: () => read(true),
    line: () => line,
  };
}

/** Where the line ends that `at` is in, and where the next one begins; null if that is not known yet. */
function endOfLine(text: string, at: number, isEnd: boolean): readonly [number, number] | null {
  lineEnd.lastIndex = at;
  const found = lineEnd.exec(text);
  if (found === null) return isEnd ? [text.length, text.length] : null;
  // A return at the end of what is known may be half of a CRLF.
  const next = found.index + found[0].length;
  if (!isEnd && found[0] === "\r" && next === text.length) return null;
  return [found.index, next];
}

const codeOf = (delimiter: string) =>
  String.raw`\u${delimiter.charCodeAt(0).toString(16).padStart(4, "0")}`;

const lineEnd = /\r\n|\n|\r/g;

const endsWithReturn = (text: string) => text.endsWith("\r");

/** Decides what a row is: the head, one that is as the head promises, nothing, or a fault. */
function createJudge({ delimiter, columnsMax }: CsvFormat) {
  let head: readonly string[] | null = null;
  let isOver = false;

  function fault(line: number, detail: string): CsvRecord[] {
    // Without a head nobody knows what the cells below it are.
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
  `Expected a head of at most ${columnsMax} columns; got ${count}.`;

/** What keeps a row from being one that the head promises, or null. */
function differenceFrom(
  head: readonly string[],
  cells: readonly string[],
  raw: string,
  delimiter: string,
): string | null {
  const expected = head.length;
  if (cells.length !== expected) {
    const came = `Expected ${expected} ${expected === 1 ? "cell" : "cells"}, as the head has; got ${cells.length}`;
    const advice =
      cells.length > expected
        ? `. A cell that contains ${quoted(delimiter)} has to stand in quotes.`
        : `. Is a cell missing, or a quote that closes one?`;
    return `${came}: ${quoted(raw)}${advice}`;
  }
  if (cells.every((cell, index) => cell.trim() === head[index])) {
    return "Expected a row; this is the head again. Were two files joined? Remove this line.";
  }
  const lines = raw.split(/\r\n|\n|\r/);
  if (lines.length > 1 && lines.every((one) => one.split(delimiter).length === expected)) {
    return `Expected one row; a quote that opens in this line closes ${lines.length - 1} lines later, and each of these lines is a row by itself. Remove the quote, or write it twice.`;
  }
  return null;
}
