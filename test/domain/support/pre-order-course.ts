// The course of a small store that takes pre-orders, and a model of its books: orders are planned as a batch, units that
// come in are allocated, and what customers give up frees promises first. Two of its three items share their units.

import * as fc from "fast-check";
import { allocateUnits, unitsToGive } from "../../../src/domain/order/allocate-units.ts";
import { planBatch } from "../../../src/domain/order/plan-batch.ts";
import type { StockHolder } from "../../../src/domain/stock/stock-holder.ts";
import { buildHolder } from "./build-holder.ts";

/** One step. Orders, lines and holders are chosen by numbers that wrap around those that exist. */
type Step =
  | { readonly kind: "orders"; readonly orders: readonly (readonly Wanted[])[] }
  | { readonly kind: "receipt"; readonly holder: number; readonly units: number }
  | { readonly kind: "count"; readonly holder: number; readonly units: number }
  | { readonly kind: "give-up" | "restock"; readonly line: number; readonly units: number };

type Wanted = { readonly item: 0 | 1 | 2; readonly quantity: number };

/** A line as the database keeps it. `givenUp` is what was cancelled or refunded of it. */
type Line = {
  readonly orderId: string;
  readonly line: number;
  readonly itemId: number;
  readonly holderId: number;
  readonly quantity: number;
  allocated: number;
  preOrdered: number;
  released: number;
  givenUp: number;
  restocked: number;
};

const small = fc.integer({ min: 1, max: 6 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("orders"),
    orders: fc.array(
      fc.array(fc.record({ item: fc.constantFrom(0, 1, 2), quantity: small }), {
        minLength: 1,
        maxLength: 3,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({ kind: fc.constant("receipt"), holder: fc.nat(1), units: fc.nat(15) }),
  fc.record({ kind: fc.constant("count"), holder: fc.nat(1), units: fc.nat(12) }),
  fc.record({ kind: fc.constantFrom("give-up", "restock"), line: fc.nat(40), units: small }),
);

/** A course of up to thirty steps. */
export const anyCourse = fc.array(anyStep, { maxLength: 30 });

const holderIds = [1, 2];
const holderOfItem = [1, 2, 2] as const;

/** Starts a store without units and orders. Both holders allow pre-order, and one has a threshold. */
export function startCourse() {
  const holders = new Map<number, StockHolder>(
    holderIds.map((id) => [
      id,
      buildHolder({ id, units: 0, allowPreOrder: true, threshold: id === 1 ? 3 : null }),
    ]),
  );
  const lines: Line[] = [];
  const received = new Map<number, number>();
  const ready: string[] = [];
  let orders = 0;

  const unitsOf = (id: number) => holders.get(id)?.units ?? 0;
  const setUnits = (id: number, units: number) => {
    const holder = holders.get(id);
    if (holder !== undefined) holders.set(id, { ...holder, units });
  };

  const order = (wanted: readonly (readonly Wanted[])[]) => {
    const pending = wanted.map((asked) => ({
      id: `order-${String((orders += 1)).padStart(4, "0")}`,
      lines: asked.map(({ item, quantity }) => ({
        itemId: 10 + item,
        holderId: holderOfItem[item],
        quantity,
      })),
    }));
    const plan = planBatch(pending, holders);
    for (const holder of plan.holders) holders.set(holder.id, holder);
    for (const { id, plan: decision } of plan.orders) {
      if (decision.status === "rejected") continue;
      for (const [number, { tracked: _tracked, ...planned }] of decision.lines.entries()) {
        lines.push({ ...planned, orderId: id, line: number, ...nothingGivenUp });
      }
    }
  };

  /** Changes a count, then serves those who wait, as whatever raises units does. */
  const change = (holderId: number, by: number) => {
    setUnits(holderId, unitsOf(holderId) + by);
    const holder = holders.get(holderId);
    if (holder === undefined) return;
    const affected = new Set(
      lines.filter((line) => line.holderId === holderId && line.preOrdered > 0).map(idOf),
    );
    const waiting = lines
      .filter((line) => affected.has(line.orderId) && line.preOrdered > 0)
      .map((line) => ({ ...line, holderId: line.holderId === holderId ? holderId : null }));
    const plan = allocateUnits(waiting, new Map([[holderId, unitsToGive(holder)]]));
    for (const { id, lines: served, ready: isReady } of plan.orders) {
      if (isReady) ready.push(id);
      for (const { line: number, units } of served) {
        const line = lines.find((other) => other.orderId === id && other.line === number);
        if (line === undefined) continue;
        line.allocated += units;
        line.preOrdered -= units;
      }
    }
    setUnits(holderId, plan.unitsLeft.get(holderId) ?? 0);
  };

  const come = (holderId: number, units: number) => {
    received.set(holderId, (received.get(holderId) ?? 0) + units);
    change(holderId, units);
  };

  const giveUp = (line: Line, wanted: number) => {
    const units = Math.min(wanted, line.quantity - line.givenUp);
    const freed = Math.min(units, line.preOrdered);
    line.givenUp += units;
    line.released += freed;
    line.preOrdered -= freed;
  };

  const restock = (line: Line, wanted: number) => {
    const units = Math.min(wanted, line.givenUp - line.released - line.restocked);
    line.restocked += units;
    if (units > 0) change(line.holderId, units);
  };

  const run = (step: Step) => {
    if (step.kind === "orders") return order(step.orders);
    if (step.kind === "receipt") return come(holderIds[step.holder] ?? 1, step.units);
    if (step.kind === "count") {
      const id = holderIds[step.holder] ?? 1;
      return come(id, step.units - unitsOf(id));
    }
    const line = lines[step.line % Math.max(lines.length, 1)];
    if (line === undefined) return undefined;
    return step.kind === "give-up" ? giveUp(line, step.units) : restock(line, step.units);
  };

  return {
    holderIds,
    unitsOf,
    /** All units that ever came in by receipts and counts, less those that counts removed. */
    cameIn: (id: number) => received.get(id) ?? 0,
    lines: (): readonly Readonly<Line>[] => lines,
    /** The orders that became ready, in their order. */
    becameReady: (): readonly string[] => ready,
    /** Takes one step. Returns the units that each line, as `order/line`, was allocated by it. */
    take(step: Step): ReadonlyMap<string, number> {
      const before = new Map(lines.map((line) => [keyOf(line), line.allocated]));
      run(step);
      return new Map(
        lines.map((line) => [keyOf(line), line.allocated - (before.get(keyOf(line)) ?? 0)]),
      );
    },
  };
}

const nothingGivenUp = { released: 0, givenUp: 0, restocked: 0 };
const idOf = ({ orderId }: Line) => orderId;
const keyOf = ({ orderId, line }: Line) => `${orderId}/${line}`;
