// The files of closed months on a disk.

import type { Buffer } from "node:buffer";
import { join } from "node:path";
import { LedgerFileError, readLedgerFile } from "../../db/closing/ledger-file.ts";
import { OperatorError } from "../operator-error.ts";
import { type FileKind, readWholeFile, settleWholeFile } from "../whole-file.ts";

const kind: FileKind = {
  isOwnError: (error) => error instanceof LedgerFileError,
  damaged:
    "expected a whole file of `tallyman ledger close`; this one is damaged, or something else. Use a copy of it.",
};

/** The path of a month's file in a folder. */
export const ledgerFile = (folder: string, month: string): string =>
  join(folder, `ledger-${month}.jsonl.gz`);

/** Works with a file. `read` gives its bytes without their compression. What is wrong with it names the file. */
export async function withLedgerFile<T>(
  path: string,
  work: (kind: FileKind, read: () => AsyncGenerator<Buffer>) => Promise<T>,
): Promise<T> {
  try {
    return await work(kind, () => readWholeFile(path, kind));
  } catch (error) {
    if (error instanceof LedgerFileError) throw new OperatorError(`${path}: ${error.message}`);
    throw error;
  }
}

/** The digest of a file that is whole. */
export async function readLedgerDigest(path: string): Promise<string> {
  const reader = { onHead: ignore, onBalances: ignore, onMovements: ignore };
  const { digest } = await withLedgerFile(path, (_kind, read) => readLedgerFile(read(), reader));
  return digest;
}

/** Makes sure that a file is on the disk, and readable by its owner alone, before what it has is deleted elsewhere. */
export const settleLedgerFile = (path: string): Promise<void> => settleWholeFile(path, kind);

async function ignore(): Promise<void> {}
