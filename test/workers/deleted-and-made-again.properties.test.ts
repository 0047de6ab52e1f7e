// Random histories of two items that are deleted, made again, moved between their own and their product's stock, sold,
// counted and returned. A model of a few numbers says what each step has to leave; at the end the books are audited.

import { randomUUID } from "node:crypto";
import type { MikroORM } from "@mikro-orm/postgresql";
import * as fc from "fast-check";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deleteProduct } from "../../src/db/catalogue/delete-product.ts";
import type { ProductEdit } from "../../src/domain/catalogue/product-edit.ts";
import { saveProduct } from "../../src/db/catalogue/save-product.ts";
import { cancelOrRefund } from "../../src/db/orders/cancel-or-refund.ts";
import { restockOrder } from "../../src/db/orders/restock-order.ts";
import { createOrm } from "../../src/db/orm.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { adjustUnits } from "../../src/db/stock/adjust-units.ts";
import { Refused } from "../../src/db/refused.ts";
import { decideBatch } from "../../src/workers/decide-batch.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { decidingOn, placeOrder, statusOf, unitsOf } from "../support/stock.ts";

let database: TestDatabase;
let pool: Pool;
let orm: MikroORM;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 4, synchronousCommit: "off", onError: () => undefined });
  orm = await createOrm(database.url);
});
afterAll(async () => {
  await expectBalancedBooks(database.url);
  await orm.close();
  await pool.end();
  await database.drop();
});

const threshold = 2;
const actor = "key:test";

/** P is a product of its own; V a variant of Q, which is always there. */
type Item = "P" | "V";

const item = fc.constantFrom<Item>("P", "V");
const units = fc.integer({ min: 0, max: 12 });
const quantity = fc.integer({ min: 1, max: 6 });

const ordered = fc.record({ kind: fc.constant("order" as const), item, quantity });

const step = fc.oneof(
  fc.record({ kind: fc.constant("save-P" as const), units }),
  fc.record({ kind: fc.constant("delete-P" as const) }),
  fc.record({ kind: fc.constant("save-V" as const), units: fc.option(units) }),
  fc.record({ kind: fc.constant("remove-V" as const) }),
  ordered,
  ordered,
  ordered,
  fc.record({ kind: fc.constant("decide" as const) }),
  fc.record({ kind: fc.constant("count" as const), item, units }),
  fc.record({ kind: fc.constant("return" as const), order: fc.nat(20), quantity }),
);
/** Long histories: an order has to wait through a deletion and what follows it. */
const steps = fc.array(step, { minLength: 15, maxLength: 30, size: "max" });
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

type Sale = { readonly id: string; readonly item: Item; readonly quantity: number; back: number };

/** What there is: counts of what lives, orders that wait, and orders that were confirmed. */
type World = {
  readonly sku: (name: "P" | "Q" | "V") => string;
  readonly counts: Map<"P" | "Q" | "V", number>;
  /** Whether V lives without a count of its own. */
  shared: boolean;
  waiting: { readonly id: string; readonly item: Item; readonly quantity: number }[];
  readonly sold: Sale[];
};

function holderOf({ counts, shared }: World, name: Item): "P" | "Q" | "V" | null {
  if (name === "V" && shared) return "Q";
  return counts.has(name) ? name : null;
}

const save = (world: World, name: "P" | "Q", edit: ProductEdit) =>
  saveProduct(pool, {
    sku: world.sku(name),
    edit,
    mode: "patch",
    matchesVersion: () => true,
    actor,
  });

async function saveP(world: World, count: number): Promise<void> {
  const edit = { name: "P", unitsInStock: count, stockAlertThreshold: threshold };
  const request = { sku: world.sku("P"), edit, matchesVersion: () => true, actor };
  await saveProduct(pool, { ...request, mode: "replace" });
  world.counts.set("P", count);
}

async function saveV(world: World, count: number | null): Promise<void> {
  await save(world, "Q", { variants: [{ sku: world.sku("V"), unitsInStock: count }] });
  world.shared = count === null;
  if (count !== null) {
    world.counts.set("V", count);
    return;
  }
  world.counts.set("Q", (world.counts.get("Q") ?? 0) + (world.counts.get("V") ?? 0));
  world.counts.delete("V");
}

async function removeV(world: World): Promise<void> {
  await save(world, "Q", { variants: [] });
  world.shared = false;
  world.counts.delete("V");
}

async function decide(world: World): Promise<void> {
  const { waiting } = world;
  world.waiting = [];
  await decideBatch(
    decidingOn(pool),
    waiting.map(({ id }) => id),
  );
  for (const order of waiting) {
    const holder = holderOf(world, order.item);
    const there = holder === null ? 0 : (world.counts.get(holder) ?? 0);
    const isServed = there > threshold && order.quantity <= there;
    expect(await statusOf(pool, order.id)).toBe(isServed ? "confirmed" : "rejected");
    if (!isServed || holder === null) continue;
    world.counts.set(holder, there - order.quantity);
    world.sold.push({ ...order, back: 0 });
  }
}

async function setCount(world: World, name: Item, count: number): Promise<void> {
  const holder = holderOf(world, name);
  const adjustment = { request: { set: count }, kind: "adjustment", actor, note: null } as const;
  const adjusted = adjustUnits(pool, { sku: world.sku(name), ...adjustment }, undefined);
  if (holder === null) await expect(adjusted).rejects.toThrow(Refused);
  else {
    await adjusted;
    world.counts.set(holder, count);
  }
}

async function giveBack(world: World, place: number, wanted: number): Promise<void> {
  const sale = world.sold[place % Math.max(1, world.sold.length)];
  if (sale === undefined) return;
  const back = Math.min(wanted, sale.quantity - sale.back);
  if (back === 0) return;
  const by = { id: sale.id, actor, reason: "return", note: null } as const;
  await cancelOrRefund(pool, { ...by, to: "cancelled", lines: null, restock: null }, undefined);
  const lines = [{ sku: world.sku(sale.item), quantity: back }];
  const restocked = restockOrder(pool, { ...by, lines }, undefined);
  const holder = holderOf(world, sale.item);
  if (holder === null) await expect(restocked).rejects.toThrow(Refused);
  else {
    await restocked;
    sale.back += back;
    world.counts.set(holder, (world.counts.get(holder) ?? 0) + back);
  }
}

async function take(world: World, next: Step): Promise<void> {
  switch (next.kind) {
    case "save-P":
      return saveP(world, next.units);
    case "delete-P":
      if (world.counts.delete("P")) {
        await deleteProduct(orm, { sku: world.sku("P"), matchesVersion: () => true, actor });
      }
      return;
    case "save-V":
      return saveV(world, next.units);
    case "remove-V":
      return removeV(world);
    case "order":
      if (holderOf(world, next.item) === null) return;
      world.waiting.push({
        id: await placeOrder(pool, [[world.sku(next.item), next.quantity]]),
        item: next.item,
        quantity: next.quantity,
      });
      return;
    case "decide":
      return decide(world);
    case "count":
      return setCount(world, next.item, next.units);
    case "return":
      return giveBack(world, next.order, next.quantity);
  }
}

describe("whatever is deleted and made again", () => {
  it("no order is served beyond the living count, and each unit stands where people see it", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const run = randomUUID();
        const world: World = {
          sku: (name) => `${name}-${run}`,
          counts: new Map([["Q", 9]]),
          shared: false,
          waiting: [],
          sold: [],
        };
        const edit = { name: "Q", unitsInStock: 9, stockAlertThreshold: threshold };
        const request = { sku: world.sku("Q"), edit, matchesVersion: () => true, actor };
        await saveProduct(pool, { ...request, mode: "replace" });
        await saveP(world, 9);
        await saveV(world, 9);
        for (const next of [...taken, { kind: "decide" } as const]) {
          await take(world, next);
          for (const name of ["P", "Q", "V"] as const) {
            if (name === "V" && world.shared) continue;
            expect(await unitsOf(pool, world.sku(name))).toBe(world.counts.get(name));
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});
