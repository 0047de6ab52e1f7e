// The file of a backup on a disk.

import type { Buffer } from "node:buffer";
import { BackupError } from "../../db/backup/backup-format.ts";
import { checkBackup } from "../../db/backup/read-backup.ts";
import { type FileKind, readWholeFile, writeWholeFile } from "../whole-file.ts";

const kind: FileKind = {
  isOwnError: (error) => error instanceof BackupError,
  damaged:
    "expected a whole file of `tallyman backup`; this one is damaged, or something else. Use another backup; pg_restore reads those of pg_dump.",
};

/** Writes the parts of a backup into a new file. Resolves with its size in bytes. */
export function writeBackupFile(
  path: string,
  parts: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<number> {
  return writeWholeFile(path, { kind, parts, check: checkBackup, signal });
}

/** The bytes of a backup, without their compression. Throws an `OperatorError` if the file can't be read, or is damaged. */
export function readBackupFile(path: string): AsyncGenerator<Buffer> {
  return readWholeFile(path, kind);
}
