// The parts by which orders are placed, created once per process, because all its orders need one source of ids.

import type { Pool } from "pg";
import type { Logger } from "pino";
import { currentRequestId, currentTrace } from "../../db/request-scope.ts";
import type { NewOrder } from "../../db/orders/insert-orders.ts";
import { createThrottledLog } from "../../flow/throttled-log.ts";
import type { BacklogWatch } from "./backlog-watch.ts";
import type { DecisionWaiters } from "./decision-waiters.ts";
import type { Intake } from "./intake.ts";
import { createOrderIds } from "./order-ids.ts";
import { sentRequestId } from "../http/request-id.ts";
import type { ReadOrder } from "./order-reader.ts";

/** The parts for orders that are created when the process starts. */
export type OrderParts = {
  /** Connections for placing orders only, so that these queries don't wait for others. */
  readonly orderPool: Pool;
  readonly intake: Intake;
  readonly waiters: DecisionWaiters;
  readonly readOrder: ReadOrder;
  readonly backlog: Pick<BacklogWatch, "accept">;
};

/** The parts that are needed to place an order. */
export type Placing = Omit<OrderParts, "orderPool"> & {
  readonly pool: Pool;
  readonly nextId: () => string;
  /** Whether an order keeps the id that its request was given here, if its client sent none. */
  readonly keepsRequestIds: boolean;
  /** Logs why a stored order could not be read for its reply. */
  readonly onUnread: (error: unknown) => void;
};

/**
 * Creates the parts of one process. An id that no client sent is only kept if somebody looks for it, in a log of level debug
 * or in traces: each order would be larger for it.
 */
export function createPlacing(parts: OrderParts, log: Logger, hasTraces = false): Placing {
  const { orderPool: pool, intake, waiters, readOrder, backlog } = parts;
  return {
    pool,
    intake,
    waiters,
    readOrder,
    backlog,
    nextId: createOrderIds(),
    keepsRequestIds: hasTraces || log.isLevelEnabled("debug"),
    onUnread: createThrottledLog(log, "stored orders could not be read for their replies"),
  };
}

/** Where the orders of the present request come from. */
export function originOfOrders(
  { keepsRequestIds }: Pick<Placing, "keepsRequestIds">,
  header: (name: string) => string | undefined,
): Pick<NewOrder, "requestId" | "trace"> {
  const sent = sentRequestId(header("x-request-id"));
  return {
    requestId: sent ?? (keepsRequestIds ? currentRequestId() : null),
    trace: currentTrace(),
  };
}
