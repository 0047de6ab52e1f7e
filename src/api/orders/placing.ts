// What placing orders works with, made once for a process: all its orders get their ids from one source.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import type { DecisionWaiters } from "./decision-waiters.ts";
import type { Intake } from "./intake.ts";
import { createOrderIds } from "./order-ids.ts";
import type { ReadOrder } from "./order-reader.ts";

/** What whoever starts the process makes for orders. */
export type OrderParts = {
  /** The connections of orders: what placing one asks of the database waits for nothing else. */
  readonly orderPool: Pool;
  readonly intake: Intake;
  readonly waiters: DecisionWaiters;
  readonly readOrder: ReadOrder;
};

/** What placing an order needs. */
export type Placing = Omit<OrderParts, "orderPool"> & {
  readonly pool: Pool;
  readonly nextId: () => string;
  /** Hears why an order that is stored could not be read for its answer. */
  readonly onUnread: (error: unknown) => void;
};

/** Creates it. */
export function createPlacing(parts: OrderParts, log: Logger): Placing {
  const { orderPool: pool, intake, waiters, readOrder } = parts;
  return {
    pool,
    intake,
    waiters,
    readOrder,
    nextId: createOrderIds(),
    onUnread: createThrottledLog(log, "stored orders could not be read for their answers"),
  };
}
