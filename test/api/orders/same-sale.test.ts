// A sale that is sent again in other words: the reference and the units of each SKU decide, on every way in.

import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { fieldOf, problemIn } from "../../support/answers.ts";
import { readAccepted, readOrder, readProblem } from "../../support/orders.ts";
import { type Answer, startTestService, type TestService } from "../../support/service.ts";

type Line = { readonly sku: string; readonly quantity: number };

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  for (const sku of ["A", "B"]) {
    await service.send("PUT", `/products/${sku}`, { name: sku, unitsInStock: 100_000 });
  }
});
afterAll(() => service.stop());

const a: Line = { sku: "A", quantity: 1 };
const b: Line = { sku: "B", quantity: 2 };
const otherGoods = [a, { sku: "B", quantity: 3 }];

/** The same sale in other words. */
const retellings: readonly [string, object][] = [
  ["unchanged", { lines: [a, b] }],
  ["with its lines in another order", { lines: [b, a] }],
  [
    "with a line split in two",
    { lines: [{ sku: "B", quantity: 1 }, a, { sku: "B", quantity: 1 }] },
  ],
  ["with an empty customer", { lines: [a, b], customer: {} }],
  ["with a customer", { lines: [a, b], customer: { name: "Ada" } }],
  ["with a note", { lines: [a, b], note: "a gift" }],
  [
    "with blanks around its SKUs",
    {
      lines: [
        { ...a, sku: " A" },
        { ...b, sku: "B\t" },
      ],
    },
  ],
];

const bulkReply = z.object({
  outcomes: z.tuple([z.looseObject({ problem: z.looseObject({}).optional() })]),
});

/** The ways to send an order: each resolves with the id of the order that it is, or with its problem. */
const ways = {
  plain: (body: object) => service.send("POST", "/orders", body),
  waiting: (body: object) => service.send("POST", "/orders", body, { prefer: "wait=20" }),
  "with a key": (body: object) =>
    service.send("POST", "/orders", body, { "idempotency-key": keyOf(body) }),
  "waiting, with a key": (body: object) =>
    service.send("POST", "/orders", body, { "idempotency-key": keyOf(body), prefer: "wait=20" }),
  async bulk(body: object): Promise<Answer> {
    const answer = await service.send("POST", "/orders/bulk", { orders: [body] });
    const [{ problem, ...accepted }] = bulkReply.parse(answer.body).outcomes;
    return { ...answer, status: problem === undefined ? 202 : 409, body: problem ?? accepted };
  },
} as const;

/** One key for each reference. */
const keyOf = (body: object) => `key of ${String(fieldOf(body, "reference"))}`;

/** The fingerprint that version 0.1.0 gave an order. */
function oldFingerprint(lines: readonly Line[]): string {
  const pairs = lines.map(({ sku, quantity }) => [sku, quantity]);
  return createHash("sha256")
    .update(JSON.stringify([pairs, null, null]))
    .digest("hex");
}

describe.each(Object.entries(ways))("a sale that is sent again, %s", (_way, send) => {
  it.each(retellings)("is the first order, %s", async (_name, retold) => {
    const reference = randomUUID();
    const first = readAccepted(await send({ reference, lines: [a, b] }));
    expect(readAccepted(await send({ reference, ...retold })).id).toBe(first.id);
    const rows = await service.sql(`select id from "order" where reference = $1`, [reference]);
    expect(rows).toEqual([{ id: first.id }]);
  });

  it("keeps the customer and the note that came first", async () => {
    const reference = randomUUID();
    const said = { customer: { name: "Ada" }, note: "a gift" };
    const { id } = readAccepted(await send({ reference, lines: [a], ...said }));
    await send({ reference, lines: [a], customer: { name: "Bob" }, note: "no gift" });
    expect((await service.send("GET", `/orders/${id}`)).body).toMatchObject(said);
  });

  it("of other goods is a 409 with the order that has the reference, and what became of it", async () => {
    const reference = randomUUID();
    const first = { reference, lines: [a, b] };
    const { id } = readAccepted(await send(first));
    await expect
      .poll(async () => readOrder(await service.send("GET", `/orders/${id}`)).status)
      .toBe("confirmed");
    const other = await send({ reference, lines: otherGoods });
    expect(other.status).toBe(409);
    expect(problemIn(other)).toBe("reference-conflict");
    expect(other.body).toMatchObject({ orderId: id, orderStatus: "confirmed" });
    expect(readProblem(other).detail).toContain('2 of "B" and not 3. It is confirmed.');
  });

  it("is recognised if an earlier version stored it", async () => {
    const reference = randomUUID();
    const { id } = readAccepted(await send({ reference, lines: [a, b] }));
    await service.sql(`update "order" set fingerprint = decode($2, 'hex') where id = $1`, [
      id,
      oldFingerprint([a, b]),
    ]);
    for (const [, retold] of retellings) {
      expect(readAccepted(await send({ reference, ...retold })).id).toBe(id);
    }
    expect((await send({ reference, lines: otherGoods })).status).toBe(409);
  });
});

describe("a sale with the key of another request", () => {
  it("is its order if its reference is known, and refused if it is not", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const known = { reference: randomUUID(), lines: [a] };
    const { id } = readAccepted(await service.send("POST", "/orders", known));
    const other = { reference: randomUUID(), lines: [b] };
    await service.send("POST", "/orders", other, headers);
    expect(readAccepted(await service.send("POST", "/orders", known, headers)).id).toBe(id);
    const unknown = { reference: randomUUID(), lines: [a] };
    const refused = await service.send("POST", "/orders", unknown, headers);
    expect(problemIn(refused)).toBe("idempotency-key-reused");
  });

  it("is recognised after an upgrade, whose keys have fingerprints of the whole request", async () => {
    const body = { reference: randomUUID(), lines: [a, b] };
    const headers = { "idempotency-key": randomUUID() };
    const { id } = readAccepted(await service.send("POST", "/orders", body, headers));
    await service.sql("update idempotent_request set fingerprint = '\\x00' where key = $1", [
      headers["idempotency-key"],
    ]);
    expect(readAccepted(await service.send("POST", "/orders", body, headers)).id).toBe(id);
  });
});

it("a sale sent fifty times at once in ten tellings is one order", async () => {
  const reference = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => {
      const [, retold] = retellings[at % retellings.length] ?? ["", { lines: [a, b] }];
      return service.send("POST", "/orders", { reference, ...retold }, { prefer: "wait=20" });
    }),
  );
  expect(new Set(answers.map((answer) => readOrder(answer).id)).size).toBe(1);
  const rows = await service.sql(
    `select coalesce(sum(allocated), 0)::integer as units from order_line
     where order_id in (select id from "order" where reference = $1)`,
    [reference],
  );
  expect(rows).toEqual([{ units: 3 }]);
});
