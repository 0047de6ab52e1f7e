// Receipts over HTTP: units that arrived reach the levels once, whole or not at all.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";
import { expectReceiptsInLedger } from "../../support/receipts.ts";

let service: TestService;
/** The number of the test, so that each has references of its own. */
let test = 0;

beforeAll(async () => {
  service = await startTestApi();
  await service.send("PUT", "/products/WRAP", { name: "Wrap", type: "service" });
  await service.send("PUT", "/products/SHIRT", {
    name: "Shirt",
    variants: [{ sku: "SHIRT-S", unitsInStock: 1 }],
  });
  const plain = { name: "Plain", hasInventory: true, hasVariants: false };
  await service.send("PUT", "/product-types/plain", plain);
  const hat = { name: "Hat", variants: [{ sku: "HAT-S", unitsInStock: 1 }] };
  await service.send("PUT", "/products/HAT", hat);
  await service.send("PATCH", "/products/HAT", { type: "plain" });
  await service.send("PUT", "/products/GONE", { name: "Gone", unitsInStock: 1 });
  await service.send("DELETE", "/products/GONE");
});

afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await expectReceiptsInLedger(service);
  await service.stop();
});

beforeEach(async () => {
  test += 1;
  await service.send("DELETE", "/products/TEA");
  await service.send("DELETE", "/products/MUG");
  const variants = [{ sku: "TEA-GREEN", unitsInStock: 6 }, { sku: "TEA-BLACK" }];
  const tea = { name: "Tea", unitsInStock: 10, stockAlertThreshold: 3, variants };
  expect((await service.send("PUT", "/products/TEA", tea)).status).toBe(201);
  const mug = { name: "Mug", unitsInStock: 2, stockAlertThreshold: 5 };
  expect((await service.send("PUT", "/products/MUG", mug)).status).toBe(201);
});

const reference = (name: string) => `DN/${test} ${name}`;
const receive = (body: object, headers?: Record<string, string>) =>
  service.send("POST", "/receipts", body, headers);
const read = (key: string) => service.send("GET", `/receipts/${encodeURIComponent(key)}`);
const unitsOf = async (sku: string) =>
  fieldOf((await service.send("GET", `/stock/${sku}`)).body, "unitsInStock");

describe("a receipt", () => {
  it("adds units to the holders, and answers with the count and the movement of each line", async () => {
    const lines = [
      { sku: "TEA", units: 5 },
      { sku: "TEA-BLACK", units: 4 },
      { sku: "TEA-GREEN", units: 3 },
    ];
    const sent = { reference: reference("a"), supplier: "Potters Ltd", note: "Two boxes", lines };
    const answer = await receive(sent);
    expect(answer.status).toBe(201);
    const movement = {
      id: expect.stringMatching(/^\d+$/),
      kind: "receipt",
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      actor: expect.stringMatching(/^key:/),
      reason: "receipt",
      note: "Two boxes",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      order: null,
      countedUnits: null,
      undoes: null,
      undoneBy: null,
    };
    const tea = {
      holder: { kind: "product", sku: "TEA" },
      unitsAfter: 19,
      movement: { ...movement, change: 9, unitsAfter: 19 },
    };
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      reference: reference("a"),
      supplier: "Potters Ltd",
      note: "Two boxes",
      expectedDelivery: null,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      receivedBy: expect.stringMatching(/^key:/),
      units: 12,
      lines: [
        { sku: "TEA", name: "Tea", units: 5, ...tea },
        { sku: "TEA-BLACK", name: "Tea – TEA-BLACK", units: 4, ...tea },
        {
          sku: "TEA-GREEN",
          name: "Tea – TEA-GREEN",
          units: 3,
          holder: { kind: "variant", sku: "TEA-GREEN" },
          unitsAfter: 9,
          movement: { ...movement, change: 3, unitsAfter: 9 },
        },
      ],
    });
    expect(await unitsOf("TEA")).toBe(19);
    const ledger = pageIn(await service.send("GET", "/stock/TEA/movements")).data;
    expect(ledger[0]).toEqual({ ...movement, change: 9, unitsAfter: 19 });
    const id = String(fieldOf(answer.body, "id"));
    expect(answer.headers.get("location")).toBe(`/api/v1/receipts/${id}`);
    expect((await read(id)).body).toEqual(answer.body);
    expect((await read(reference("a"))).body).toEqual(answer.body);
  });

  it("ends the alert of what is no longer low", async () => {
    await service.send("POST", "/stock/MUG/adjustments", { delta: 10 });
    await service.send("POST", "/stock/MUG/adjustments", { delta: -8 });
    const open = async () =>
      pageIn(await service.send("GET", "/alerts?status=open&sku=MUG")).data.length;
    expect(await open()).toBe(1);
    await receive({ reference: reference("low"), lines: [{ sku: "MUG", units: 1 }] });
    expect(await open()).toBe(1);
    await receive({ reference: reference("enough"), lines: [{ sku: "MUG", units: 1 }] });
    expect(await open()).toBe(0);
  });

  it("of a product that is not for sale yet is received", async () => {
    await service.send("PATCH", "/products/MUG", { enabled: false });
    const answer = await receive({ reference: reference("a"), lines: [{ sku: "MUG", units: 1 }] });
    expect(answer.status).toBe(201);
  });

  it("that can't be received whole is refused with every such line, and changes nothing", async () => {
    const lines = ["MUG", "NONE", "WRAP", "SHIRT", "HAT-S", "GONE", "NONE", "TEA"];
    const refused = await receive({
      reference: reference("bad"),
      lines: lines.map((sku) => ({ sku, units: 1 })),
    });
    expect(refused.status).toBe(422);
    const errors = faultsIn(refused);
    expect(Object.keys(errors)).toEqual([1, 2, 3, 4, 5, 6].map((index) => `/lines/${index}/sku`));
    expect(errors["/lines/1/sku"]).toMatch(/there is none with "NONE"/);
    expect(errors["/lines/2/sku"]).toMatch(/whose stock is tracked; that of "WRAP" is not/);
    expect(errors["/lines/3/sku"]).toMatch(/one of the variants of "SHIRT"/);
    expect(errors["/lines/4/sku"]).toMatch(/"HAT-S" is a variant, and its product's type has no/);
    expect(errors["/lines/5/sku"]).toMatch(/there is none with "GONE"/);
    expect(await unitsOf("MUG")).toBe(2);
    expect((await read(reference("bad"))).status).toBe(404);
    const right = { reference: reference("bad"), lines: [{ sku: "MUG", units: 1 }] };
    expect((await receive(right)).status).toBe(201);
  });

  it.each([
    ["no lines", {}],
    ["an empty list of lines", { lines: [] }],
    ["lines and a file", { lines: [{ sku: "MUG", units: 1 }], csv: "sku,units\nMUG,1" }],
    ["no units", { lines: [{ sku: "MUG", units: 0 }] }],
    ["a fraction", { lines: [{ sku: "MUG", units: 1.5 }] }],
    ["too many lines", { lines: Array.from({ length: 1_001 }, () => ({ sku: "MUG", units: 1 })) }],
    ["an unknown field", { lines: [{ sku: "MUG", units: 1, price: 3 }] }],
    ["a reference without text", { reference: " ", lines: [{ sku: "MUG", units: 1 }] }],
    ["an unknown delivery", { expectedDelivery: "none", lines: [{ sku: "MUG", units: 1 }] }],
  ])("with %s is refused", async (_what, body) => {
    const refused = await receive({ reference: reference("a"), ...body });
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toHaveLength(1);
    expect(await unitsOf("MUG")).toBe(2);
  });
});

describe("a receipt that is sent again", () => {
  const lines = [
    { sku: "MUG", units: 5 },
    { sku: "TEA", units: 2 },
  ];

  it("is answered with the stored one, also with its lines in another order or split, or another note", async () => {
    const first = await receive({ reference: reference("a"), lines });
    expect(first.status).toBe(201);
    for (const again of [
      { lines },
      { lines: lines.toReversed(), note: "again", supplier: "Another" },
      { lines: [{ sku: "MUG", units: 1 }, ...lines.slice(1), { sku: "MUG", units: 4 }] },
      { csv: "sku,units\nTEA,2\nMUG,5\n" },
    ]) {
      const answer = await receive({ reference: reference("a"), ...again });
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(first.body);
    }
    expect(await unitsOf("MUG")).toBe(7);
  });

  it("is known after its product was deleted, too", async () => {
    const first = await receive({ reference: reference("a"), lines });
    await service.send("DELETE", "/products/MUG");
    const again = await receive({ reference: reference("a"), lines });
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  it("with other units is refused with what is stored", async () => {
    const first = await receive({ reference: reference("a"), lines });
    const more = [...lines, { sku: "MUG", units: 1 }];
    const refused = await receive({ reference: reference("a"), lines: more });
    expect(refused.status).toBe(409);
    expect(problemIn(refused)).toBe("conflict");
    expect(fieldOf(refused.body, "current")).toEqual(first.body);
    expect(await unitsOf("MUG")).toBe(7);
  });

  it("many times at once is received once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, index) =>
        receive({ reference: reference("a"), lines: index % 2 ? lines : lines.toReversed() }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      201,
    ]);
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(await unitsOf("MUG")).toBe(7);
    expect(await unitsOf("TEA")).toBe(12);
  });

  it("with an Idempotency-Key gets the first answer, and its key serves no other receipt", async () => {
    const key = { "idempotency-key": reference("key") };
    const first = await receive({ reference: reference("a"), lines }, key);
    const again = await receive({ reference: reference("a"), lines }, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    const other = await receive({ reference: reference("b"), lines }, key);
    expect(problemIn(other)).toBe("idempotency-key-reused");
    expect(await unitsOf("MUG")).toBe(7);
  });

  it("leaves the key of a refused receipt free", async () => {
    const key = { "idempotency-key": reference("key") };
    const bad = { reference: reference("a"), lines: [{ sku: "NONE", units: 1 }] };
    expect((await receive(bad, key)).status).toBe(422);
    expect((await receive({ reference: reference("a"), lines }, key)).status).toBe(201);
  });
});

describe("receipts at the same time", () => {
  it("on the same levels in other orders all count, without a deadlock", async () => {
    const skus = ["MUG", "TEA", "TEA-GREEN", "TEA-BLACK"];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_none, index) => {
        const turned = skus.map((_sku, place) => skus[(place + index) % skus.length] ?? "MUG");
        const lines = (index % 3 ? turned : turned.toReversed()).map((sku) => ({ sku, units: 1 }));
        return receive({ reference: reference(`${index}`), lines });
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(await unitsOf("MUG")).toBe(42);
    expect(await unitsOf("TEA")).toBe(90);
    expect(await unitsOf("TEA-GREEN")).toBe(46);
  });
});

describe("the list of receipts", () => {
  it("is read newest first, page by page, each receipt once", async () => {
    const sent = [1, 2, 3].map((number) => reference(`${number}`));
    for (const one of sent) {
      const lines = [
        { sku: "MUG", units: 2 },
        { sku: "TEA", units: 3 },
      ];
      expect((await receive({ reference: one, lines })).status).toBe(201);
    }
    const first = pageIn(await service.send("GET", "/receipts?limit=2"));
    const second = pageIn(
      await service.send("GET", `/receipts?limit=1&cursor=${first.nextCursor}`),
    );
    const listed = [...first.data, ...second.data];
    expect(listed.map((one) => one["reference"])).toEqual(sent.toReversed());
    expect(listed[0]).toMatchObject({ units: 5, lineCount: 2 });
  });
});
