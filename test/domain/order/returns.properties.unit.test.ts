// Random histories of an order: clerks cancel, refund and restock parts and wholes of it, while pre-orders are served. A
// model that follows each single unit says what each step has to give.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type GivingUp, planGiveUp } from "../../../src/domain/order/give-up.ts";
import {
  type OrderLineUnits,
  type RequestedUnits,
  restockable,
  unitsLeft,
} from "../../../src/domain/order/line-units.ts";
import { planRestock } from "../../../src/domain/order/restock.ts";
import { buildOrderLine } from "../support/build-order-line.ts";

/** Where a single unit is: with the customer, promised to them, given up by them, or back in stock. */
type Place =
  | "kept"
  | "waiting"
  | "released"
  | "given up"
  | "back"
  | "uncounted"
  | "given up uncounted";

type World = {
  lines: readonly OrderLineUnits[];
  readonly places: Place[][];
  status: "confirmed" | GivingUp;
};

const skus = ["a", "b"] as const;
const requests = fc.array(
  fc.record({ sku: fc.constantFrom("a", "b", "c"), quantity: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 3 },
);
const givingUp = fc.record({
  kind: fc.constant("give up" as const),
  to: fc.constantFrom<GivingUp>("cancelled", "refunded"),
  requests: fc.option(requests, { freq: 4 }),
  restock: fc.boolean(),
});
const restock = fc.record({ kind: fc.constant("restock" as const), requests });
const serve = fc.record({
  kind: fc.constant("serve" as const),
  line: fc.nat(3),
  units: fc.integer({ min: 1, max: 3 }),
});
const steps = fc.array(fc.oneof(givingUp, givingUp, restock, restock, serve), {
  minLength: 1,
  maxLength: 14,
  size: "max",
});
type Step = typeof steps extends fc.Arbitrary<(infer Value)[]> ? Value : never;

const orders = fc
  .array(
    fc.record({
      sku: fc.constantFrom(...skus),
      taken: fc.nat(4),
      promised: fc.nat(3),
      uncounted: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((lines) =>
    lines.map(({ sku, taken, promised, uncounted }) => {
      const tracked = taken + promised > 0;
      return { sku, taken, promised, uncounted: tracked ? 0 : uncounted + 1 };
    }),
  );

function place(order: typeof orders extends fc.Arbitrary<infer Value> ? Value : never): World {
  const lines = order.map(({ sku, taken, promised, uncounted }, line) =>
    buildOrderLine(line, sku, taken + promised + uncounted, {
      allocated: taken,
      preOrdered: promised,
    }),
  );
  const many = (count: number, where: Place) => Array.from({ length: count }, () => where);
  const places = order.map(({ taken, promised, uncounted }) => [
    ...many(taken, "kept"),
    ...many(promised, "waiting"),
    ...many(uncounted, "uncounted"),
  ]);
  return { lines, places, status: "confirmed" };
}

/** Moves units of some lines from one place to another, and tells how many of each line. */
function move(world: World, lines: readonly number[], count: number, from: Place, to: Place) {
  const moved = new Map<number, number>();
  let open = count;
  for (const line of lines) {
    const units = world.places[line] ?? [];
    for (const [index, where] of units.entries()) {
      if (open === 0 || where !== from) continue;
      units[index] = to;
      open -= 1;
      moved.set(line, (moved.get(line) ?? 0) + 1);
    }
  }
  return moved;
}

const countOf = (world: World, line: number, ...places: readonly Place[]) =>
  (world.places[line] ?? []).filter((where) => places.includes(where)).length;

const linesOf = (world: World, sku: string | null) =>
  world.lines.filter((line) => sku === null || line.sku === sku).map(({ line }) => line);

const left = ["waiting", "kept", "uncounted"] as const;

/** Whether every SKU has as many units in these places as the requests name of it. */
function hasAll(world: World, wanted: readonly RequestedUnits[], places: readonly Place[]) {
  return wanted.every(({ sku }) => {
    const lines = linesOf(world, sku);
    const there = sum(lines.map((line) => countOf(world, line, ...places)));
    return sum(wanted.filter((one) => one.sku === sku).map((one) => one.quantity)) <= there;
  });
}

function giveUp(world: World, step: Extract<Step, { kind: "give up" }>): void {
  if (world.status !== "confirmed") return;
  const outcome = planGiveUp(world.lines, step.requests, step.to);
  const possible = step.requests === null || hasAll(world, step.requests, left);
  expect(outcome.kind).toBe(possible ? "given-up" : "not-left");
  if (outcome.kind === "not-left") return;

  const wholes = world.lines.map(({ line }) => ({ lines: [line], count: Infinity }));
  const named = step.requests?.map(({ sku, quantity }) => ({
    lines: linesOf(world, sku),
    count: quantity,
  }));
  const taken = new Map<number, number>();
  for (const { lines, count } of named ?? wholes) {
    let open = count;
    open -= add(taken, move(world, lines, open, "waiting", "released"));
    for (const line of lines) {
      open -= add(taken, move(world, [line], open, "kept", "given up"));
      open -= add(taken, move(world, [line], open, "uncounted", "given up uncounted"));
    }
  }
  expect(new Map(outcome.lines.map(({ line, units }) => [line, units]))).toEqual(taken);
  const back = step.restock ? outcome.lines : [];
  for (const { line, returnable } of back) move(world, [line], returnable, "given up", "back");
  world.status = outcome.status;
  world.lines = world.lines.map((line) => {
    const given = outcome.lines.find((one) => one.line === line.line);
    if (given === undefined) return line;
    return {
      ...line,
      [step.to]: line[step.to] + given.units,
      preOrdered: line.preOrdered - given.released,
      released: line.released + given.released,
      restocked: line.restocked + (step.restock ? given.returnable : 0),
    };
  });
}

function putBack(world: World, wanted: readonly RequestedUnits[]): void {
  const lines = world.lines.map((line) => ({ ...line, deleted: false }));
  const outcome = planRestock(lines, wanted);
  expect(outcome.kind).toBe(hasAll(world, wanted, ["given up"]) ? "restocked" : "not-restockable");
  if (outcome.kind === "not-restockable") return;
  for (const { line, units } of outcome.lines) {
    expect(move(world, [line], units, "given up", "back").get(line)).toBe(units);
  }
  world.lines = world.lines.map((line) => {
    const units = outcome.lines.find((one) => one.line === line.line)?.units ?? 0;
    return { ...line, restocked: line.restocked + units };
  });
}

function allocate(world: World, { line: number, units }: Extract<Step, { kind: "serve" }>): void {
  const served = move(world, [number], units, "waiting", "kept").get(number) ?? 0;
  world.lines = world.lines.map((line) =>
    line.line === number
      ? { ...line, allocated: line.allocated + served, preOrdered: line.preOrdered - served }
      : line,
  );
}

/** What the order says of itself, and what the places of its units say. */
function accounts(world: World) {
  const order = world.lines.map((line) => ({
    preOrdered: line.preOrdered,
    released: line.released,
    allocated: line.allocated,
    restocked: line.restocked,
    restockable: restockable(line),
    left: unitsLeft(line),
    inAll: line.preOrdered + line.allocated + line.released,
  }));
  const model = world.lines.map(({ line, quantity }) => {
    const count = (...places: readonly Place[]) => countOf(world, line, ...places);
    return {
      preOrdered: count("waiting"),
      released: count("released"),
      allocated: count("kept", "given up", "back"),
      restocked: count("back"),
      restockable: count("given up"),
      left: count(...left),
      inAll: quantity - count("uncounted", "given up uncounted"),
    };
  });
  const isAnyLeft = model.some((line) => line.left > 0);
  const end = world.lines.some(({ refunded }) => refunded > 0) ? "refunded" : "cancelled";
  return {
    order: { status: world.status, lines: order },
    model: { status: isAnyLeft ? "confirmed" : end, lines: model },
  };
}

describe("whatever is cancelled, refunded, restocked and served, in any order", () => {
  test("no unit comes back twice, and each is promised, taken or released", () => {
    fc.assert(
      fc.property(orders, steps, (order, history) => {
        const world = place(order);
        for (const step of history) {
          if (step.kind === "give up") giveUp(world, step);
          else if (step.kind === "restock") putBack(world, step.requests);
          else allocate(world, step);
          const { order: told, model } = accounts(world);
          expect(told).toEqual(model);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function add(total: Map<number, number>, moved: ReadonlyMap<number, number>): number {
  for (const [line, units] of moved) total.set(line, (total.get(line) ?? 0) + units);
  return sum([...moved.values()]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
