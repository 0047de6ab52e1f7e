// Files that a command writes whole or not at all, compressed, and readable by their owner alone.

import { Buffer } from "node:buffer";
import { createReadStream, createWriteStream } from "node:fs";
import { access, link, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { OperatorError } from "./operator-error.ts";

/** Higher levels take twice the time for a tenth less. */
const level = 3;

/** Only the owner may read it: a backup has people's details, hashes of passwords, and secrets. */
const mode = 0o600;

/** What a file is: how its errors are recognised, and what is said of one that can't be unpacked. */
export type FileKind = {
  readonly isOwnError: (error: unknown) => error is Error;
  readonly damaged: string;
};

/** How a file is written. `check` rejects if the file that was read back, without its compression, is not right. */
export type WholeFile = {
  readonly kind: FileKind;
  readonly parts: AsyncIterable<Buffer>;
  readonly check: (bytes: AsyncIterable<Buffer>) => Promise<unknown>;
  readonly signal: AbortSignal;
};

/**
 * Writes the parts into a new file. It appears under its name once all of it is on the disk and was read back. Rejects with
 * an `OperatorError` if there is such a file, or if it can't be written. Resolves with its size in bytes.
 */
export async function writeWholeFile(
  path: string,
  { kind, parts, check, signal }: WholeFile,
): Promise<number> {
  await requireNoFile(path);
  const part = `${path}.part`;
  try {
    await rm(part, { force: true });
    const file = createWriteStream(part, { flags: "wx", mode, flush: true });
    await pipeline(parts, createGzip({ level }), file, { signal });
    await check(readWholeFile(part, kind));
    await giveName(part, path);
    await syncFolder(dirname(path));
    return (await stat(path)).size;
  } catch (error) {
    signal.throwIfAborted();
    throw asOperatorError(path, kind, error);
  } finally {
    await rm(part, { force: true });
  }
}

/** What file systems without hard links answer: FAT, and many of the network. */
const withoutLinks = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Gives the finished file its name. Unlike a rename alone, a link replaces no file that has come meanwhile. */
async function giveName(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if (!withoutLinks.has(codeOf(error))) throw error;
    await requireNoFile(path);
    await rename(part, path);
  }
}

/** The bytes of a file, without their compression. Throws an `OperatorError` if it can't be read, or is damaged. */
export async function* readWholeFile(path: string, kind: FileKind): AsyncGenerator<Buffer> {
  const unpacked = createGunzip();
  const done = pipeline(createReadStream(path), unpacked).catch((error: unknown) =>
    unpacked.destroy(error instanceof Error ? error : undefined),
  );
  try {
    for await (const bytes of unpacked) yield Buffer.from(bytes);
    await done;
  } catch (error) {
    throw asOperatorError(path, kind, error);
  }
}

/**
 * Makes a file that was found as safe as one that was written: on the disk under its name, and readable by its owner alone. A
 * run that was killed may not have flushed it, and neither may a copy have been. Throws an `OperatorError` if it can't.
 */
export async function settleWholeFile(path: string, kind: FileKind): Promise<void> {
  try {
    const file = await open(path, "r");
    try {
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
  } catch (error) {
    throw asOperatorError(path, kind, error);
  }
}

/** Whether there is such a file or folder. */
export function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function requireNoFile(path: string): Promise<void> {
  if (await isThere(path)) throw exists(path);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const exists = (path: string): OperatorError =>
  new OperatorError(
    `${path}: expected a name that no file has; there is one, and it is not replaced. Give another name, such as one with the date.`,
  );

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** What the disk and the compression say, in words. Other errors, such as the database's, stay as they are. */
function asOperatorError(path: string, { isOwnError, damaged }: FileKind, error: unknown): unknown {
  if (isOwnError(error)) return new OperatorError(`${path}: ${error.message}`);
  const code = codeOf(error);
  const explained = code.startsWith("Z_") ? damaged : reasons[code];
  if (code === "EEXIST") return exists(path);
  return explained === undefined ? error : new OperatorError(`${path}: ${explained}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "expected a file, and a folder to write into; there is none of this name.",
  EISDIR: "expected a file; this is a folder.",
  EACCES: "expected a file that this user may read or write; permission was denied.",
  EPERM: "expected a file that this user may read or write; permission was denied.",
  EROFS: "expected a disk that takes writes; this one is read-only.",
  ENOSPC: "expected room on the disk; it is full. Nothing was left behind.",
};
