// Reads one row that contains a quote, by the rules of RFC 4180. If a row breaks them, the fault says what to write
// instead.

import { shown } from "../domain/quoted.ts";

/** The text, and the start of the row in it. Unless `isEnd`, more text may follow. */
export type RowStart = {
  readonly text: string;
  readonly start: number;
  readonly delimiter: string;
  /** Finds the delimiter or the end of a line. It has the flag `g`. */
  readonly cellEnd: RegExp;
  readonly isEnd: boolean;
  readonly charactersMax: number;
};

/**
 * A row, or a fault. `next` is where the next row begins. `lines` is the number of lines. A fault ends with the line in
 * which its cell begins, so that the lines after it are read as rows.
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

/** A cell and its end, or its fault. `end` is null if more text is needed to know. */
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
      detail: `Expected a quote that closes the cell ${shown(began)}; got none${isEnd && close === -1 ? " before the end of the file" : tooFar(row)}. ${advice(began)}`,
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
      detail: `Expected a quote that closes the cell ${shown(began)}; the next one is ${lines} ${lines === 1 ? "line" : "lines"} below, with text after it. ${advice(began)}`,
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
    : "Write a quote in a cell twice, and put the cell in quotes.";
}

const tooFar = ({ charactersMax }: RowStart) =>
  ` within ${charactersMax.toLocaleString("en")} characters`;

/** The fault of a row that is too long. */
export const rowTooLong = (charactersMax: number) =>
  `Expected a row of at most ${charactersMax.toLocaleString("en")} characters; this one is longer.`;

/** The fault of the cell at `at`. The next row begins after its line. */
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

/** The index of the next match, or of the text's end. The pattern must have the flag `g`. */
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
