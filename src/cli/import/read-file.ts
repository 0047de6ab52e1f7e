// Reads the file of an import from disk: its bytes, its encoding, and its rows in any format.

import { readFile, stat } from "node:fs/promises";
import {
  readProductFile,
  type ReadFile,
  type ReadOptions,
} from "../../api/product-file/read-product-file.ts";
import { decodeText } from "../../contract/decode-text.ts";
import { atOnce } from "./at-once.ts";
import { OperatorError } from "../operator-error.ts";

/** A file's text, and how it was read. */
export type ImportFile = {
  readonly text: string;
  readonly file: ReadFile;
  /** Whether the encoding was guessed, because the file is not in UTF-8 and names none. */
  readonly isGuessed: boolean;
};

/** The largest file. It is kept in memory, as text and as rows. */
const bytesMax = 256 * 1024 * 1024;

/** Reads the file. Rejects with an `OperatorError` if it can't be opened or is no text. */
export async function readImportFile(
  path: string,
  options: ReadOptions,
  encoding: string | undefined,
): Promise<ImportFile> {
  const bytes = await bytesOf(path);
  const decoded = encoding === undefined ? decodeText(bytes) : decodeNamed(path, bytes, encoding);
  if (decoded.kind === "workbook") {
    throw new OperatorError(
      `${path}: expected a CSV file; this is a workbook. Save it as CSV in your spreadsheet program, and import that file.`,
    );
  }
  if (decoded.kind !== "text") {
    throw new OperatorError(
      `${path}: expected text; got bytes that are none in its encoding. Save it as CSV in UTF-8, or name its encoding with --encoding.`,
    );
  }
  const file = atOnce(readProductFile(decoded.text, { ...options, rowsMax: Infinity }));
  return { text: decoded.text, file, isGuessed: decoded.isGuessed };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= bytesMax) return await readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`${path}: expected a CSV file that can be read; ${reason}.`);
  }
  throw new OperatorError(
    `${path}: expected at most ${bytesMax / 1024 / 1024} MB. Split the file, each part with the header.`,
  );
}

function decodeNamed(path: string, bytes: Uint8Array, encoding: string) {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { kind: "text", text, isGuessed: false } as const;
  } catch {
    throw new OperatorError(
      `${path}: expected text in ${encoding}, an encoding such as utf-8, utf-16le, windows-1252 or iso-8859-2; it is another encoding, or no name of one.`,
    );
  }
}
