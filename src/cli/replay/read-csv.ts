// Reads a CSV file from disk in pieces, so that it need not fit into memory.

import { type FileHandle, open } from "node:fs/promises";
import {
  createCsvReader,
  type CsvFormat,
  type CsvReader,
  type CsvRecord,
} from "../../csv/csv-reader.ts";
import { delimiterOf } from "../../csv/delimiter-of.ts";
import { encodingOf, type TextEncoding } from "../../contract/decode-text.ts";
import { OperatorError } from "../operator-error.ts";

/** The CSV format of a replay's files. */
export type FileFormat = Pick<CsvFormat, "delimiter" | "quotes">;

/** An open file, whose header was read. */
export type CsvFile = {
  readonly columns: readonly string[];
  /** The delimiter that the file is read with. */
  readonly delimiter: string;
  /**
   * The records below the header, in groups; iterate once. Rejects with an `OperatorError` if the file can't be read to
   * its end.
   */
  readonly records: AsyncIterable<readonly CsvRecord[]>;
  /** Closes the file; needed only if it is not read to its end. */
  close(): Promise<void>;
};

const pieceBytes = 256 * 1024;
const limits = { columnsMax: 16_384, rowCharactersMax: 1_000_000 };

/** The format of a file to be opened. Without a delimiter, it is the one that the header has most. */
export type OpeningFormat = Pick<CsvFormat, "quotes"> & { readonly delimiter?: string | undefined };

/** Opens a CSV file and reads its header. Rejects with an `OperatorError` if it can't be opened, is empty or not CSV. */
export async function openCsv(path: string, format: OpeningFormat): Promise<CsvFile> {
  let delimiter = format.delimiter ?? ",";
  const records = readRecords(path, (start) => {
    delimiter = format.delimiter ?? delimiterOf(start);
    return createCsvReader({ delimiter, quotes: format.quotes, ...limits });
  });
  const close = async (): Promise<void> => {
    await records.return(undefined);
  };
  for (;;) {
    const { value = [], done } = await records.next();
    const [first, ...others] = value;
    if (first?.kind === "head") {
      return { columns: first.cells, delimiter, records: withFirst(others, records), close };
    }
    if (first === undefined && done !== true) continue;
    await close();
    throw new OperatorError(
      first?.kind === "fault"
        ? `${path}, line ${first.line}: ${first.detail}`
        : `${path}: expected a header and rows; the file is empty.`,
    );
  }
}

async function* withFirst<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}

async function* readRecords(
  path: string,
  createReader: (start: string) => CsvReader,
): AsyncGenerator<readonly CsvRecord[], undefined> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    let reader: CsvReader | undefined;
    const buffer = new Uint8Array(pieceBytes);
    let decoder: Decoder | undefined;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      const piece = buffer.subarray(0, bytesRead);
      decoder ??= createDecoder(path, piece);
      const decoded = decoder(piece, bytesRead === 0);
      const text = decoded.ok ? decoded.text : decoded.before;
      reader ??= createReader(text);
      if (decoded.ok) yield reader.push(text);
      else {
        reader.push(text);
        throw notInEncoding(path, reader.line(), decoded.encoding);
      }
      if (bytesRead === 0) break;
    }
    yield reader?.end() ?? [];
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await handle?.close();
  }
  return undefined;
}

type Decoded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly before: string; readonly encoding: TextEncoding };

type Decoder = (piece: Uint8Array, isLast: boolean) => Decoded;

/** Creates the decoder for a file that begins with `start`. It reports a byte that is invalid in the file's encoding. */
function createDecoder(path: string, start: Uint8Array): Decoder {
  const encoding = encodingOf(start);
  if (encoding === "workbook") {
    throw new OperatorError(
      `${path}: expected a CSV file; this is a workbook. Save it as CSV in your spreadsheet program, and replay that file.`,
    );
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (piece, isLast) => {
    try {
      return { ok: true, text: decoder.decode(piece, { stream: !isLast }) };
    } catch {
      const lenient = new TextDecoder(encoding).decode(piece.subarray(restOfCharacter(piece)));
      return { ok: false, before: lenient.split("\u{FFFD}")[0] ?? "", encoding };
    }
  };
}

/** How many bytes at the start of a piece of UTF-8 continue a character of the piece before. */
function restOfCharacter(piece: Uint8Array): number {
  const begins = piece.subarray(0, 4).findIndex((byte) => byte >> 6 !== 0b10);
  return Math.max(begins, 0);
}

function notInEncoding(path: string, line: number, encoding: TextEncoding): OperatorError {
  const name = encoding === "utf-8" ? "UTF-8" : "UTF-16";
  return new OperatorError(
    `${path}, line ${line}: expected text in ${name}; got invalid bytes. Save the file as "CSV UTF-8", or convert it, as in: iconv -f WINDOWS-1252 -t UTF-8 ${path} > converted.csv`,
  );
}

function unreadable(path: string, error: unknown): Error {
  if (error instanceof OperatorError) return error;
  if (error instanceof Error && "code" in error) {
    const reason = error.code === "ENOENT" ? "there is no such file" : error.message;
    return new OperatorError(`${path}: expected a CSV file that can be read; ${reason}.`);
  }
  return error instanceof Error ? error : new Error(String(error));
}
