// The rows of the model of PostgreSQL: what is committed, what the transaction that has the lock has written, and who
// waits for the lock.

import type { OrderStatus } from "../../src/domain/order/order-status.ts";
import type { Row } from "./model-session.ts";

/** A table: rows by their key. */
export type Table<T> = {
  /** The row with the key, or the place of one that is not there. */
  at(key: string): Row<T>;
  all(): Iterable<Row<T>>;
};

/** Creates a table without rows. */
export function createTable<T>(): Table<T> {
  const rows = new Map<string, Row<T>>();
  return {
    at(key) {
      const found = rows.get(key);
      if (found !== undefined) return found;
      const made: Row<T> = {
        key,
        committed: undefined,
        written: undefined,
        holder: null,
        waiting: [],
      };
      rows.set(key, made);
      return made;
    },
    all: () => rows.values(),
  };
}

/** An order. Times are in milliseconds since 1970. */
export type OrderRow = {
  readonly id: string;
  readonly reference: string;
  readonly fingerprint: string;
  readonly requested: readonly (readonly [itemId: number, quantity: number])[];
  readonly status: OrderStatus;
  readonly awaited: boolean;
  readonly jobId: string;
  readonly payBy: number | null;
  readonly paidAt: number | null;
  readonly acceptedAt: number;
  readonly retakeable: boolean;
  readonly retaken: boolean;
};

/** A stock level. Each is the item of its SKU, and has no other holder. */
export type LevelRow = {
  readonly id: number;
  readonly sku: string;
  readonly units: number;
  readonly allowNegativeStock: boolean;
  readonly alertState: "low" | "out" | null;
};

/** A line of a confirmed order. */
export type LineRow = {
  readonly orderId: string;
  readonly line: number;
  readonly itemId: number;
  readonly holderId: number | null;
  readonly quantity: number;
  readonly allocated: number;
  readonly preOrdered: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly released: number;
  readonly restocked: number;
};

/** A kept answer of a request with a key. */
export type KeyRow = { readonly fingerprint: string; readonly response: string };

/** An entry of the ledger. */
export type MovementRow = {
  readonly transaction: number;
  readonly levelId: number;
  readonly kind: string;
  readonly change: number;
  readonly unitsAfter: number;
  readonly orderId: string | null;
};

/** A change of an order's status, in the order of the commits. */
export type StatusChange = {
  readonly transaction: number;
  readonly orderId: string;
  readonly before: OrderStatus | null;
  readonly after: OrderStatus;
};

/** The tables, and what was committed in the order of the commits. */
export type Tables = {
  /** The store's settings. */
  readonly settings: { takesStockWhenPaid: boolean };
  readonly orders: Table<OrderRow>;
  /** The unique index of references: the id of the order that has each. */
  readonly references: Table<string>;
  readonly levels: Table<LevelRow>;
  readonly lines: Table<LineRow>;
  readonly keys: Table<KeyRow>;
  readonly committed: (
    | ({ readonly is: "movement" } & MovementRow)
    | ({ readonly is: "status" } & StatusChange)
  )[];
};

/** Creates empty tables. */
export function createTables(): Tables {
  return {
    settings: { takesStockWhenPaid: false },
    orders: createTable(),
    references: createTable(),
    levels: createTable(),
    lines: createTable(),
    keys: createTable(),
    committed: [],
  };
}
