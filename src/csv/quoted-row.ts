// Reads one row in which some cell has a quote, by the rules of RFC 4180. If a row breaks them, it says what to write
// instead.

import { shown } from "../domain/quoted.ts";

/** Where a row begins in a text, of which more may follow unless it is the end. */
export type RowStart = {
  readonly text: string;
  readonly start: number;
  readonly delimiter: string;
  /** Finds the delimiter or the end of a line; global. */
  readonly cellEnd: RegExp;
  readonly isEnd: boolean;
  readonly charactersMax: number;
};

/**
 * A row, or why there is none. `lines`: how many lines it takes; those of a fault end with the line in which its
 * cell begins, so that the lines after it are read as rows of their own. `next`: where to read on.
 */
export type QuotedRow =
  | {
      readonly kind: "row";
      readonly cells: readonly string[];
      readonly end: number;
      readonly next: number;
      readonly lines: number;
    }
  | {
      readonly kind: "fault";
      readonly detail: string;
      readonly next: number;
      readonly lines: number;
    }
  | { readonly kind: "incomplete" };

/** A cell and where it ends, or what is wrong with it. `end` null: more text is needed to know. */
type Cell = { readonly end: number | null; readonly value: string } | { readonly detail: string };

/** Reads the row that begins at `start`. */
export function readQuotedRow(row: RowStart): QuotedRow {
  const { text, start, delimiter, isEnd } = row;
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? quotedCell(row, at) : plainCell(row, at);
    if ("detail" in cell) return faultAt(row, at, cell.detail);
    if (cell.end === null) return { kind: "incomplete" };
    cells.push(cell.value);
    if (text.startsWith(delimiter, cell.end)) {
      at = cell.end + delimiter.length;
      continue;
    }
    const next = afterLineEnd(text, cell.end);
    const isHalf = text[cell.end] === "\r" && cell.end + 1 === text.length;
    if (!isEnd && (isHalf || cell.end === text.length)) return { kind: "incomplete" };
    if (cell.end - start > row.charactersMax) {
      return faultAt(row, start, rowTooLong(row.charactersMax));
    }
    return { kind: "row", cells, end: cell.end, next, lines: linesOf(text, start, cell.end) };
  }
}

function plainCell(row: RowStart, at: number): Cell {
  const end = endOfPlain(row, at);
  const value = row.text.slice(at, end);
  if (!value.includes('"')) return { end, value };
  return {
    detail: `Expected a quote only around a whole cell; got ${shown(value)}. ${advice(value)}`,
  };
}

function quotedCell(row: RowStart, at: number): Cell {
  const { text, delimiter, isEnd } = row;
  const close = closingQuote(text, at + 1);
  const isKnown = close !== -1 && (isEnd || close + 1 < text.length);
  if (!isKnown && !isEnd && text.length - at <= row.charactersMax) return { end: null, value: "" };
  if (!isKnown || close - at > row.charactersMax) {
    const began = text.slice(at, Math.min(endOfPlain(row, at), at + 40));
    return {
      detail: `Expected a quote that closes the cell ${shown(began)}; got none${isEnd && close === -1 ? " up to the end of the file" : tooFar(row)}. ${advice(began)}`,
    };
  }
  const after = text[close + 1] ?? "\n";
  if (after === "\n" || after === "\r" || text.startsWith(delimiter, close + 1)) {
    return { end: close + 1, value: text.slice(at + 1, close).replaceAll('""', '"') };
  }
  const lines = linesOf(text, at, close) - 1;
  if (lines > 0) {
    const began = text.slice(at, Math.min(endOfPlain(row, at), at + 40));
    return {
      detail: `Expected a quote that closes the cell ${shown(began)}; the next one is ${lines} ${lines === 1 ? "line" : "lines"} below, with text behind it. ${advice(began)}`,
    };
  }
  const value = text.slice(at, endOfPlain(row, close + 1));
  return {
    detail: `Expected a cell to end with its closing quote; got ${shown(value)}. ${advice(value)}`,
  };
}

/** How to write a cell that has a quote in it. */
function advice(cell: string): string {
  return cell.length > 1 && cell.length <= 40
    ? `Write it as "${shown(cell).replaceAll('"', '""')}".`
    : "A quote in a cell is written twice, and the cell stands in quotes.";
}

const tooFar = ({ charactersMax }: RowStart) =>
  ` within ${charactersMax.toLocaleString("en")} characters`;

/** What is said of a row that is longer than is read. */
export const rowTooLong = (charactersMax: number) =>
  `Expected a row of at most ${charactersMax.toLocaleString("en")} characters; this one is longer.`;

/** The fault of the cell at `at`. What follows its line is read on. */
function faultAt(row: RowStart, at: number, detail: string): QuotedRow {
  const { text, start, isEnd, charactersMax } = row;
  const lineEnd = indexOfNext(/[\r\n]/g, text, at);
  const next = afterLineEnd(text, lineEnd);
  const isUnknown = !isEnd && next === text.length;
  if (isUnknown && text.length - start <= 2 * charactersMax) return { kind: "incomplete" };
  return { kind: "fault", detail, next, lines: linesOf(text, start, lineEnd) };
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfPlain({ text, cellEnd }: RowStart, at: number): number {
  return indexOfNext(cellEnd, text, at);
}

/** Where the pattern, a global one, is found next; the text's end if it is not. */
function indexOfNext(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.index ?? text.length;
}

function afterLineEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return text.startsWith("\r\n", end) ? end + 2 : end + 1;
}

function linesOf(text: string, start: number, end: number): number {
  return (text.slice(start, end).match(/\r\n|\n|\r/g)?.length ?? 0) + 1;
}
