// What a process counts and measures of orders.

import { Counter, Histogram, type Registry } from "@prometheus-io/client";
import { movementCounts } from "../db/stock/movement-counts.ts";
import { retriesCount } from "../db/sql/retry-transaction.ts";

/** What happened to orders in this process. Each is called once for many orders, so that an order costs little. */
export type OrderMetrics = {
  /** A statement stored new orders, in `seconds`. */
  readonly onStored: (
    outcomes: readonly { readonly kind: ReceivedOutcome }[],
    seconds: number,
  ) => void;
  /** A batch of decisions was committed. */
  readonly onDecided: (batch: DecidedOrders) => void;
  /** Orders expired unpaid. */
  readonly onExpired: (orders: number) => void;
};

/** What became of an order that was sent. */
type ReceivedOutcome = (typeof receivedOutcomes)[number];

const receivedOutcomes = ["accepted", "known", "reference-conflict", "refused"] as const;

/** A committed batch. Times are in seconds. */
type DecidedOrders = {
  readonly confirmed: number;
  readonly rejected: number;
  readonly lockSeconds: number;
  readonly decisionSeconds: readonly number[];
};

const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
const shortTimes = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const decisionTimes = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Creates the metrics, each at zero. */
export function addOrderMetrics(registry: Registry): OrderMetrics {
  const registers = [registry];
  const received = new Counter({
    name: "tallyman_orders_received_total",
    help: "Orders that this process was sent and that the database answered, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of receivedOutcomes) received.inc({ outcome }, 0);
  const decided = new Counter({
    name: "tallyman_orders_decided_total",
    help: "Orders that this process decided, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  for (const outcome of ["confirmed", "rejected"]) decided.inc({ outcome }, 0);
  const expired = new Counter({
    name: "tallyman_orders_expired_total",
    help: "Orders that this process ended because they were not paid in time",
    registers,
  });
  const decision = new Histogram({
    name: "tallyman_order_decision_seconds",
    help: "Time from an order's acceptance, or its payment, to the commit of its decision",
    buckets: decisionTimes,
    registers,
  });
  const batch = new Histogram({
    name: "tallyman_batch_orders",
    help: "Orders of one statement that stores them, or of one transaction that decides them",
    labelNames: ["step"],
    buckets: sizes,
    registers,
  });
  for (const step of ["store", "decide"]) batch.zero({ step });
  const store = new Histogram({
    name: "tallyman_orders_store_seconds",
    help: "Time in which a statement stored orders, with its commit",
    buckets: shortTimes,
    registers,
  });
  const lock = new Histogram({
    name: "tallyman_batch_lock_seconds",
    help: "Time until a transaction that decides orders had its locks",
    buckets: shortTimes,
    registers,
  });
  addLedgerCounters(registers);

  return {
    onStored(outcomes, seconds) {
      const counts = { accepted: 0, known: 0, "reference-conflict": 0, refused: 0 };
      for (const { kind } of outcomes) counts[kind] += 1;
      for (const outcome of receivedOutcomes) {
        if (counts[outcome] > 0) received.inc({ outcome }, counts[outcome]);
      }
      batch.observe({ step: "store" }, outcomes.length);
      store.observe(seconds);
    },
    onDecided({ confirmed, rejected, lockSeconds, decisionSeconds }) {
      // A batch whose orders were all decided before measures nothing.
      if (decisionSeconds.length === 0) return;
      decided.inc({ outcome: "confirmed" }, confirmed);
      decided.inc({ outcome: "rejected" }, rejected);
      batch.observe({ step: "decide" }, decisionSeconds.length);
      lock.observe(lockSeconds);
      for (const seconds of decisionSeconds) decision.observe(seconds);
    },
    onExpired(orders) {
      expired.inc(orders);
    },
  };
}

/** Adds the counters that the database's code keeps for the whole process. They are read at each scrape. */
function addLedgerCounters(registers: Registry[]): void {
  const movements = new Counter({
    name: "tallyman_movements_total",
    help: "Entries of the ledger that this process committed, by kind",
    labelNames: ["kind"],
    registers,
    collect() {
      movements.reset();
      for (const [kind, count] of movementCounts()) movements.inc({ kind }, count);
    },
  });
  const retries = new Counter({
    name: "tallyman_transaction_retries_total",
    help: "Transactions that this process ran again because another one got in their way",
    registers,
    collect() {
      retries.reset();
      retries.inc(retriesCount());
    },
  });
}
