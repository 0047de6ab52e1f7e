// Orders, their lines, the ledger and the events come back as they were written.

import { randomUUIDv7 } from "node:crypto";
import type { EntityManager } from "@mikro-orm/postgresql";
import { beforeEach, describe, expect, test } from "vitest";
import { Event } from "../../../src/db/entities/event.ts";
import { IdempotentRequest } from "../../../src/db/entities/idempotent-request.ts";
import { Movement } from "../../../src/db/entities/movement.ts";
import { Order } from "../../../src/db/entities/order.ts";
import { OrderLine } from "../../../src/db/entities/order-line.ts";
import { useOrm } from "../support/use-orm.ts";

const orm = useOrm();
/** The manager that writes, and the one that reads back, which has seen nothing yet. */
let em: EntityManager;
let reader: EntityManager;

beforeEach(() => {
  em = orm().em.fork();
  reader = orm().em.fork();
});

describe("a movement", () => {
  test("gets its number and time from the database", async () => {
    const written = {
      levelId: 7,
      kind: "receipt",
      change: 12,
      unitsAfter: 12,
      actor: "key",
    } as const;
    const movement = em.create(Movement, { ...written, note: "Delivery" });
    await em.flush();
    const found = await reader.findOneOrFail(Movement, { levelId: 7, id: movement.id });
    expect(found).toMatchObject({ ...written, note: "Delivery", orderId: null });
    expect(found.id).toBeTypeOf("number");
    expect(found.at).toBeInstanceOf(Date);
  });
});

describe("an order", () => {
  const fingerprint = Buffer.from([1, 2, 255]);

  test("comes back with its request, its decision and its lines", async () => {
    const order = em.create(Order, {
      reference: "W-1001",
      fingerprint,
      requested: [[1, 2]],
      customer: { name: "A customer" },
      acceptedBy: "key",
      status: "rejected",
      decidedAt: new Date("2030-01-02T03:04:05.678Z"),
      rejection: [{ items: [1], reason: "out-of-stock", demanded: 2, available: 0 }],
    });
    await em.flush();
    const found = await reader.findOneOrFail(Order, order.id);
    expect(found).toMatchObject({
      reference: "W-1001",
      status: "rejected",
      requested: [[1, 2]],
      customer: { name: "A customer" },
      note: null,
      awaited: false,
      decidedAt: new Date("2030-01-02T03:04:05.678Z"),
      rejection: [{ items: [1], reason: "out-of-stock", demanded: 2, available: 0 }],
    });
    expect(Buffer.from(found.fingerprint).equals(fingerprint)).toBe(true);
    expect(found.acceptedAt).toBeInstanceOf(Date);
  });

  test("keeps its lines by number", async () => {
    const orderId = randomUUIDv7();
    const served = { itemId: 3, holderId: 2, quantity: 5, allocated: 3, preOrdered: 2 };
    em.create(OrderLine, { orderId, line: 0, ...served });
    em.create(OrderLine, {
      orderId,
      line: 1,
      ...served,
      holderId: null,
      allocated: 0,
      preOrdered: 0,
    });
    await em.flush();
    expect(await reader.find(OrderLine, { orderId }, { orderBy: { line: "asc" } })).toMatchObject([
      { line: 0, ...served, restocked: 0 },
      { line: 1, holderId: null, allocated: 0 },
    ]);
  });

  test("request that was answered is remembered by actor and key", async () => {
    const response = { status: 202, body: { id: "x" } };
    em.create(IdempotentRequest, { actor: "key", key: "abc", fingerprint, response });
    await em.flush();
    const found = await reader.findOneOrFail(IdempotentRequest, { actor: "key", key: "abc" });
    expect(found.response).toEqual(response);
    expect(found.at).toBeInstanceOf(Date);
  });
});

describe("an event", () => {
  test("is numbered by its place in the feed", async () => {
    const orderId = randomUUIDv7();
    await em.execute("insert into event (type, order_id, data) values ('order.confirmed', ?, ?)", [
      orderId,
      JSON.stringify({ sku: "POT" }),
    ]);
    const [found, ...others] = await reader.find(Event, { orderId });
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      type: "order.confirmed",
      orderId,
      actor: null,
      data: { sku: "POT" },
    });
    expect(found?.tx).toMatch(/^\d+$/);
    expect(found?.id).toBeTypeOf("number");
    expect(found?.at).toBeInstanceOf(Date);
  });
});
