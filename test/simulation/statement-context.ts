// What a statement of the model of PostgreSQL works with.

import type { Tables } from "./model-rows.ts";
import type { ModelTransaction, Row } from "./model-session.ts";
import type { Mutation } from "./mutations.ts";

/** What a statement works with. */
export type StatementContext = {
  readonly tables: Tables;
  readonly transaction: ModelTransaction;
  readonly mutation: Mutation | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Acquires the lock of a row, and waits for it if another transaction has it. */
  lock<T>(row: Row<T>): Generator<Row<unknown> | undefined, void>;
  /** The row as this transaction sees it. */
  read<T>(row: Row<T>): T | undefined;
  /** Writes a row that the transaction has locked. */
  write<T>(row: Row<T>, value: T | undefined): void;
  /** Adds words to the trace. */
  note(what: string): void;
  /** Sends a notification when the transaction commits. */
  notify(payload: string): void;
  /** Takes the lock of sweeps until the transaction ends; false if another one has it. */
  takeSweepLock(): boolean;
};
