// Clients that send the same order at once, to two APIs, while a worker decides.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import { prove } from "../../tools/lab/prove.ts";
import { stockShop } from "../../tools/lab/shop.ts";
import { labQueues, openTestLab } from "../support/lab.ts";

const orderSchema = z.object({ id: z.string() });

describe.each(labQueues)("with the queue on %s", (queue) => {
  let lab: Lab;

  beforeEach(async () => {
    lab = await openTestLab(queue);
    const api = await lab.start("api");
    await lab.start("api");
    await lab.start("worker");
    await stockShop(api.url, [{ sku: "MUG", units: 1_000, threshold: 5 }]);
  });
  afterEach(() => lab.close());

  const place = async (number: number, reference: string, quantity: number) => {
    const apis = lab.apis();
    const response = await fetch(`${apis[number % apis.length]}/api/v1/orders`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${labKey}`,
        "content-type": "application/json",
        ...(number % 2 === 0 ? { prefer: "wait=10" } : {}),
      },
      body: JSON.stringify({ reference, lines: [{ sku: "MUG", quantity }] }),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, body: await response.json() };
  };

  it("fifty equal orders at once are one order, and each client is told its id", async () => {
    for (const reference of ["SO-1", "SO-2", "SO-3"]) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, number) => place(number, reference, 2)),
      );
      expect(new Set(answers.map(({ body }) => orderSchema.parse(body).id)).size).toBe(1);
      for (const { status } of answers) expect([200, 201, 202]).toContain(status);
    }
    const levels = await lab.postgres.sql("select units::integer from stock_level");
    expect(levels).toEqual([{ units: 994 }]);
    expect((await prove(lab, [])).confirmed).toBe(3);
  });

  it("of orders that differ and share a reference one is stored, and the others are told 409", async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, number) => place(number, "SO-1", 1 + (number % 5))),
    );
    const accepted = answers.filter(({ status }) => status < 400);
    expect(accepted).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(40);
    expect(new Set(accepted.map(({ body }) => orderSchema.parse(body).id)).size).toBe(1);
    expect((await prove(lab, [])).confirmed).toBe(1);
  });
});
