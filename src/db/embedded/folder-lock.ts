// The lock that says which process owns a data folder. It is held for as long as the owner lives, and
// the kernel takes it away the moment the owner dies, however it dies: no pid is written down that
// another process could inherit, and nothing has to be broken after a kill -9.
import { chmodSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

export interface FolderLock {
  release(): void;
}

// Node has no file locks of its own; SQLite's exclusive transaction is one (fcntl, LockFileEx), works
// within a process as well as between processes, and is not inherited by children.
const sqliteBusy = 5;

// A lock whose handle is garbage-collected would be released. Holding it here keeps the promise that
// it lasts until it is released, also when the caller forgets its handle.
const held = new Set<DatabaseSync>();

/** Takes the lock on `lockFile`, creating the file, or returns undefined where a live process has it. */
export function tryLock(lockFile: string): FolderLock | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(lockFile, { timeout: 0 });
    // Nothing is ever written, so the journal that SQLite opens need not become a file of its own.
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
