// Every change of a catalogue while orders are under way: made while an order waits for its decision, and after it was
// confirmed, so that its units come back to what is there then. Each cell says how the order ends and in which words,
// what each count is, and where a return goes.

import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { shortageWords } from "../../src/admin/orders/order-words.tsx";
import { orderSchema } from "../../src/contract/orders.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { decideBatch } from "../../src/workers/decide-batch.ts";
import { fieldOf, pageIn } from "../support/answers.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { readAccepted } from "../support/orders.ts";
import { startTestApi, type TestService } from "../support/service.ts";
import {
  type Change,
  changes,
  type Count,
  type Ends,
  kind,
  own,
} from "../support/changes-under-way.ts";
import { decidingOn } from "../support/stock.ts";

let service: TestService;
let pool: Pool;
beforeAll(async () => {
  service = await startTestApi();
  pool = createPool(service.databaseUrl, {
    max: 2,
    synchronousCommit: "off",
    onError: () => undefined,
  });
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await pool.end();
  await service.stop();
});

let cells = 0;

/** A store's corner of its own for a cell. `named` puts the cell's SKUs for P and Q. */
async function prepare({ variant, before }: Pick<Change, "variant" | "before">) {
  cells += 1;
  const [p, q] = [`P${cells}`, `Q${cells}`];
  const named = (text: string) => text.replaceAll(/\b[PQ]\b/g, (name) => (name === "P" ? p : q));
  const request = async (method: string, path: string, body?: object) => {
    const sent: unknown = body === undefined ? undefined : JSON.parse(named(JSON.stringify(body)));
    const answer = await service.send(method, named(path), sent);
    expect(answer.status).toBeLessThan(300);
  };
  await request("PUT", "/product-types/plain", { ...kind, hasVariants: false });
  await request("PUT", "/product-types/kind", kind);
  // An order of 2 makes neither low.
  const product = { name: "A product", unitsInStock: 10, stockAlertThreshold: 0 };
  await request("PUT", "/products/P", {
    ...product,
    ...before,
    ...(variant === undefined ? {} : { variants: own(variant) }),
  });
  await request("PUT", "/products/Q", { name: "Another", unitsInStock: 20 });
  return { named, request };
}

type Corner = Awaited<ReturnType<typeof prepare>>;

async function place({ named }: Corner, sku: string): Promise<string> {
  const lines = [{ sku: named(sku), quantity: 2 }];
  return readAccepted(
    await service.send("POST", "/orders", { reference: named(`R ${sku}`), lines }),
  ).id;
}

/** Decides the order twice, as two jobs of it would: the second must find nothing to do. */
async function decide(id: string): Promise<z.output<typeof orderSchema>> {
  await decideBatch(decidingOn(pool), [id]);
  expect(await decideBatch(decidingOn(pool), [id])).toMatchObject([
    { value: { outcome: "already-ended" } },
  ]);
  return orderSchema.parse((await service.send("GET", `/orders/${id}`)).body);
}

async function countOf({ named }: Corner, sku: string): Promise<Count> {
  const { status, body } = await service.send("GET", `/stock/${named(sku)}`);
  if (status === 404) return "unknown";
  if (status === 409) return "not tracked";
  return z.int().parse(fieldOf(body, "unitsInStock"));
}

async function expectCounts(corner: Corner, counts: Ends["counts"]): Promise<void> {
  const found: Record<string, Count> = {};
  for (const sku of Object.keys(counts)) found[sku] = await countOf(corner, sku);
  expect(found).toEqual(counts);
}

/** Words of the API or the admin app name the item, and use no name of the program. */
const isInWords = (words: string, sku: string) =>
  words.includes(sku) && !/undefined|null|level/.test(words);

describe.each(changes)("$name", (change) => {
  it("while an order of it waits: the order ends once, for a reason that its page says in words", async () => {
    const corner = await prepare(change);
    const id = await place(corner, change.of);
    for (const request of change.requests) await corner.request(...request);
    const { status, shortages } = await decide(id);
    const { ends, counts } = change.pending;
    expect(shortages[0]?.reason ?? status).toBe(ends);
    if (ends !== "confirmed") {
      expect(status).toBe("rejected");
      const sku = corner.named(change.of);
      expect(shortages).toMatchObject([{ skus: [sku], requested: 2 }]);
      for (const shortage of shortages) {
        expect(shortageWords(shortage)).toSatisfy((words: string) => isInWords(words, sku));
      }
    }
    await expectCounts(corner, counts);
  });

  it("after an order of it was confirmed: its return goes to what has the SKU now, or is refused in words", async () => {
    const corner = await prepare(change);
    const id = await place(corner, change.of);
    expect((await decide(id)).status).toBe("confirmed");
    for (const request of change.requests) await corner.request(...request);
    expect((await service.send("POST", `/orders/${id}/cancel`)).status).toBe(200);
    const sku = corner.named(change.of);
    const lines = [{ sku, quantity: 2 }];
    const back = await service.send("POST", `/orders/${id}/restock`, { lines });
    const { refused, counts } = change.returned;
    if (refused === undefined) {
      expect(orderSchema.parse(back.body).lines).toMatchObject([{ restocked: 2 }]);
    } else {
      expect(back).toMatchObject({ status: 422, body: { errors: [{ code: refused }] } });
      const detail = z.object({ errors: z.tuple([z.object({ detail: z.string() })]) });
      const [{ detail: words }] = detail.parse(back.body).errors;
      expect(words).toSatisfy((text: string) => isInWords(text, sku));
    }
    await expectCounts(corner, counts);
  });
});

/** P with 10 units, and its variant with 6 of its own. */
const givesUp = { variant: 6 };

describe("units of a variant that gives its own stock up", () => {
  it("are in both ledgers, with the words of where they went and came from", async () => {
    const corner = await prepare(givesUp);
    await corner.request("PATCH", "/products/P", { variants: own(null) });
    const [came] = pageIn(await service.send("GET", corner.named("/stock/P/movements"))).data;
    expect(came).toMatchObject({
      kind: "adjustment",
      change: 6,
      unitsAfter: 16,
      note: corner.named("The units of P-V are counted here now."),
    });
    const rows = await service.sql(
      `select m.change::integer, m.note from movement m join stock_level l on l.id = m.level_id
       where l.sku = $1 order by m.id desc limit 1`,
      [corner.named("P-V")],
    );
    const note = corner.named("Counted with P now, whose stock this variant uses.");
    expect(rows).toEqual([{ change: -6, note }]);
  });

  it("are moved once, however many edits and orders there are at once", async () => {
    const corner = await prepare(givesUp);
    const ids = await Promise.all(
      Array.from({ length: 5 }, async (_, at) => {
        const lines = [{ sku: corner.named("P-V"), quantity: 1 }];
        const reference = corner.named(`AT ONCE P ${at}`);
        return readAccepted(await service.send("POST", "/orders", { reference, lines })).id;
      }),
    );
    const editing = Array.from({ length: 4 }, () =>
      service.send("PATCH", corner.named("/products/P"), {
        variants: [{ sku: corner.named("P-V"), unitsInStock: null }],
      }),
    );
    const deciding = ids.map((id) => decideBatch(decidingOn(pool), [id]));
    const answers = await Promise.all(editing);
    for (const results of await Promise.all(deciding)) {
      expect(results).toMatchObject([{ value: { outcome: "confirmed" } }]);
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    await expectCounts(corner, { P: 11, "P-V": 11 });
  });
});

describe("deleting an item", () => {
  it.each(["DELETE", "remove its variant"])("is never news: %s", async (how) => {
    const isWhole = how === "DELETE";
    const corner = await prepare(givesUp);
    await corner.request("PATCH", "/products/P", { stockAlertThreshold: 6 });
    const sku = corner.named("P-V");
    const alertsOf = async () => pageIn(await service.send("GET", `/alerts?sku=${sku}`)).data;
    expect(await alertsOf()).toMatchObject([{ endedAt: null }]);
    const id = await place(corner, "P-V");
    if (isWhole) await corner.request("DELETE", "/products/P");
    else await corner.request("PATCH", "/products/P", { variants: [] });
    expect((await decide(id)).shortages).toMatchObject([{ reason: "no-longer-sold" }]);
    const alerts = await alertsOf();
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.["endedAt"]).not.toBeNull();
    const news = await service.sql(
      "select from mail m join stock_alert a on a.id = m.alert_id join stock_level l on l.id = a.level_id where l.sku = $1",
      [sku],
    );
    expect(news).toEqual([]);
  });
});
