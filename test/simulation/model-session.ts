// Sessions of the model of PostgreSQL, with their transactions and the locks that these have or wait for.

import type { Lane, Owner, Task, Timer } from "./scheduler.ts";

/** A transaction. `id` counts them in the order in which they began. */
export type ModelTransaction = {
  readonly id: number;
  readonly session: Session;
  /** Whether it was begun with BEGIN; others end with their statement. */
  readonly isExplicit: boolean;
  readonly locked: Set<Row<unknown>>;
  /** What to do when it commits: ledger entries, events, notifications. */
  readonly onCommit: (() => void)[];
  hasFailed: boolean;
  hasSweepLock: boolean;
  /** Ends its session if it does nothing for so long, in milliseconds. */
  idleMsMax: number;
};

/** A row, or the place of one that is not there (`undefined`). */
export type Row<T> = {
  readonly key: string;
  committed: T | undefined;
  /** As the holder of the lock has written it. */
  written: T | undefined;
  holder: ModelTransaction | null;
  readonly waiting: (() => void)[];
};

/** A row of a result. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** A statement under way. It yields a row whose lock it waits for, or undefined to let others go on. */
export type Execution = Generator<Row<unknown> | undefined, readonly ResultRow[]>;

/** A session's wait for a lock. `goesOn` is the task that ends it, once it has its turn. */
export type Wait = { readonly row: Row<unknown>; goesOn: Task | null };

/** One session of a client. */
export type Session = {
  readonly name: string;
  readonly owner: Owner;
  readonly inbox: Lane;
  readonly outbox: Lane;
  /** Hears that the connection is gone. */
  readonly onBroken: () => void;
  transaction: ModelTransaction | null;
  isClosed: boolean;
  /** The lock that the session waits for. */
  waitsFor: Wait | null;
  /** Ends the session if it does nothing in its transaction. */
  idle: Timer | null;
  /** Counts what the session did, so that a time limit knows whether it did anything since. */
  activity: number;
};
