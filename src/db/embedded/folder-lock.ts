// The lock of the process that owns a data folder. The kernel releases it when that process ends, however it ends. So
// there is no file with a pid that another process could get, and no stale lock to remove after a `kill -9`.
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

export interface FolderLock {
  release(): void;
}

// Node has no file locks. An exclusive transaction of SQLite is one (fcntl, LockFileEx). It works within a process and
// between processes, and children do not inherit it. 5 is SQLITE_BUSY.
const sqliteBusy = 5;

// If its handle were garbage-collected, the lock would be released. This keeps the handle even if the caller does not.
const held = new Set<DatabaseSync>();

/** Locks `lockFile`, which it creates if needed. Returns undefined if a live process has the lock. */
export function tryLock(lockFile: string): FolderLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 });
    // Nothing is ever written, so SQLite's journal need not be a file.
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    chmodSync(lockFile, 0o600);
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) {
      return undefined;
    }
    throw new Error(
      `The lock ${lockFile} of the data folder cannot be taken. Start Tallyman as the user that owns ` +
        "the data folder, and keep that on a local disk.",
      { cause: error },
    );
  }
  return hold(database);
}

function hold(database: DatabaseSync): FolderLock {
  held.add(database);
  return {
    release: () => {
      if (held.delete(database)) database.close();
    },
  };
}
