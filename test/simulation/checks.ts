// What must be true at the end of a run. The sequential model decides one order after the other, in the order of the
// commits, and shares no code with the program.

import type { ModelDatabase } from "./model-database.ts";
import type { OrderRow } from "./model-rows.ts";
import type { Adjustment, Plan } from "./plan.ts";

/** What the clients were told. */
export type Journal = {
  /** The order that each reference was answered with. */
  readonly acknowledged: Map<string, string>;
  /** The adjustments that were answered. */
  readonly adjusted: Set<string>;
  /** The references whose payment was answered with success. */
  readonly paid: Set<string>;
  /** Answers that were untrue. */
  readonly untrue: string[];
};

/** Returns a sentence for each thing that is not as it must be. */
export function findFaults(plan: Plan, database: ModelDatabase, journal: Journal): string[] {
  const orders: OrderRow[] = [];
  for (const { committed } of database.tables.orders.all()) {
    if (committed !== undefined) orders.push(committed);
  }
  return [
    ...journal.untrue,
    ...[...database.found.unknown].map((text) => `the model does not know this statement: ${text}`),
    ...(database.found.deadlocks > 0 ? [`${database.found.deadlocks} deadlocks`] : []),
    ...findLost(orders, journal),
    ...findWrongLevels(plan, database),
    ...findWrongDecisions(plan, database, orders),
    ...findWrongLines(database, orders),
    ...findWrongAdjustments(plan, database, journal),
  ];
}

/** Each acknowledged order is stored, once, with the id that its client was told. */
function findLost(orders: readonly OrderRow[], { acknowledged, paid }: Journal): string[] {
  const faults: string[] = [];
  const byReference = Map.groupBy(orders, ({ reference }) => reference);
  for (const [reference, same] of byReference) {
    if (same.length > 1) faults.push(`${same.length} orders have the reference ${reference}`);
  }
  for (const [reference, id] of acknowledged) {
    if (byReference.get(reference)?.some((order) => order.id === id) !== true) {
      faults.push(`order ${reference} was acknowledged as ${id} and is not stored`);
    }
  }
  for (const reference of paid) {
    const [order] = byReference.get(reference) ?? [];
    if (order?.paidAt === null)
      faults.push(`the payment of ${reference} was answered and is not stored`);
    if (order?.status === "expired") faults.push(`${reference} was paid and has expired`);
  }
  return faults;
}

/** Levels are what they were at first and the ledger, entry by entry, and never below zero. */
function findWrongLevels(plan: Plan, { tables }: ModelDatabase): string[] {
  const faults: string[] = [];
  const units = new Map(plan.levels.map((level) => [level.id, level.units]));
  for (const entry of tables.committed) {
    if (entry.is !== "movement") continue;
    const after = (units.get(entry.levelId) ?? 0) + entry.change;
    units.set(entry.levelId, after);
    if (after !== entry.unitsAfter) {
      faults.push(
        `a ${entry.kind} of level ${entry.levelId} leaves ${entry.unitsAfter} units; by the ledger it leaves ${after}`,
      );
    }
  }
  for (const { id, allowNegativeStock } of plan.levels) {
    const stored = tables.levels.at(`level ${id}`).committed?.units ?? 0;
    if (stored !== units.get(id)) {
      faults.push(`level ${id} has ${stored} units; by the ledger it has ${units.get(id)}`);
    }
    if (stored < 0 && !allowNegativeStock) faults.push(`level ${id} has ${stored} units`);
  }
  return faults;
}

const ended = new Set(["rejected", "cancelled", "refunded", "expired"]);

/** Decides one order after the other, as they were committed, and compares. */
function findWrongDecisions(
  plan: Plan,
  { tables }: ModelDatabase,
  orders: readonly OrderRow[],
): string[] {
  const faults: string[] = [];
  const stored = new Map(orders.map((order) => [order.id, order]));
  const allowed = new Set(
    plan.levels.flatMap((level) => (level.allowNegativeStock ? [level.id] : [])),
  );
  const units = new Map(plan.levels.map((level) => [level.id, level.units]));
  const last = new Map<string, string>();
  // Within a transaction statuses are written by statement; the order of acceptance is that of the ids.
  for (const group of byTransaction(tables.committed)) {
    const before = new Map(units);
    for (const { orderId, after, before: from } of group.statuses.toSorted(byId)) {
      if (
        (last.get(orderId) ?? null) !== from ||
        (from !== null && ended.has(from) && from !== "expired")
      ) {
        faults.push(
          `order ${orderId} became ${after} when it was ${last.get(orderId)}, as if it were ${from}`,
        );
      }
      last.set(orderId, after);
      if (after !== "confirmed" && after !== "rejected") continue;
      const wanted = new Map<number, number>();
      for (const [item, quantity] of stored.get(orderId)?.requested ?? []) {
        wanted.set(item, (wanted.get(item) ?? 0) + quantity);
      }
      const fits = [...wanted].every(
        ([id, count]) => allowed.has(id) || (before.get(id) ?? 0) >= count,
      );
      if (fits !== (after === "confirmed")) {
        faults.push(
          `order ${orderId} is ${after}; one by one it would be ${fits ? "confirmed" : "rejected"}`,
        );
      }
      if (fits) for (const [id, count] of wanted) before.set(id, (before.get(id) ?? 0) - count);
    }
    for (const { levelId, change } of group.movements) {
      units.set(levelId, (units.get(levelId) ?? 0) + change);
    }
  }
  return faults;
}

type Committed = ModelDatabase["tables"]["committed"];
type Statuses = Extract<Committed[number], { readonly is: "status" }>;
type Movements = Extract<Committed[number], { readonly is: "movement" }>;

const byId = (a: Statuses, b: Statuses): number =>
  a.orderId === b.orderId ? 0 : a.orderId < b.orderId ? -1 : 1;

/** What each transaction has written, in the order of the commits. */
function byTransaction(
  committed: Committed,
): Iterable<{ readonly statuses: Statuses[]; readonly movements: Movements[] }> {
  const groups = new Map<number, { statuses: Statuses[]; movements: Movements[] }>();
  for (const entry of committed) {
    const group = groups.get(entry.transaction) ?? { statuses: [], movements: [] };
    groups.set(entry.transaction, group);
    if (entry.is === "status") group.statuses.push(entry);
    else group.movements.push(entry);
  }
  return groups.values();
}

/** An order's lines agree with its end, and its ledger with its lines. */
function findWrongLines({ tables }: ModelDatabase, orders: readonly OrderRow[]): string[] {
  const faults: string[] = [];
  const takenBy = new Map<string, number>();
  for (const entry of tables.committed) {
    if (entry.is !== "movement" || entry.orderId === null) continue;
    takenBy.set(entry.orderId, (takenBy.get(entry.orderId) ?? 0) - entry.change);
  }
  const kept = new Map<string, number>();
  for (const { committed: line } of tables.lines.all()) {
    if (line === undefined) continue;
    kept.set(line.orderId, (kept.get(line.orderId) ?? 0) + line.allocated - line.restocked);
  }
  for (const { id, status, requested, reference } of orders) {
    const taken = takenBy.get(id) ?? 0;
    const all = requested.reduce((sum, [, quantity]) => sum + quantity, 0);
    if (taken !== (kept.get(id) ?? 0)) {
      faults.push(
        `order ${reference} has ${taken} units by the ledger, and ${kept.get(id) ?? 0} by its lines`,
      );
    }
    if (status === "confirmed" && taken !== all) {
      faults.push(`order ${reference} is confirmed with ${taken} of ${all} units`);
    }
    if (ended.has(status) && taken !== 0) {
      faults.push(`order ${reference} is ${status} and keeps ${taken} units`);
    }
  }
  return faults;
}

/** Each adjustment happened once if it was answered, and at most once otherwise. */
function findWrongAdjustments(
  plan: Plan,
  { tables }: ModelDatabase,
  { adjusted }: Journal,
): string[] {
  const found = tables.committed.flatMap((entry) =>
    entry.is === "movement" && entry.kind === "adjustment" ? [entry] : [],
  );
  return plan.adjustments.flatMap(({ key, units }: Adjustment) => {
    // Each adjustment of a plan has another number of units.
    const times = found.filter(({ change }) => change === units).length;
    if (times > 1) return [`adjustment ${key} was made ${times} times`];
    return times === 0 && adjusted.has(key) ? [`adjustment ${key} was answered and not made`] : [];
  });
}

/** Whether an order has ended, or waits for nothing but a payment without a time limit. */
export function isSettled(order: OrderRow): boolean {
  if (order.status === "pending") return false;
  const isOpen = order.status === "awaiting-payment" || order.status === "confirmed";
  return !(isOpen && order.payBy !== null && order.paidAt === null);
}
