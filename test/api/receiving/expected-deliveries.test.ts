// Expected deliveries over HTTP: announced, shown as being on the way, received in parts, and closed with a reason.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, fieldOf, pageIn } from "../../support/answers.ts";
import { expectReceiptsInLedger } from "../../support/receipts.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
/** The number of the test, so that each has references of its own. */
let test = 0;

beforeAll(async () => {
  service = await startTestApi();
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await expectReceiptsInLedger(service);
  await service.stop();
});
beforeEach(async () => {
  test += 1;
  for (const { reference } of await listed("open")) await close(String(reference), "end of test");
  await service.send("DELETE", "/products/TEA");
  await service.send("DELETE", "/products/MUG");
  const variants = [{ sku: "TEA-GREEN", unitsInStock: 6 }, { sku: "TEA-BLACK" }];
  const tea = { name: "Tea", unitsInStock: 10, stockAlertThreshold: 3, variants };
  expect((await service.send("PUT", "/products/TEA", tea)).status).toBe(201);
  const mug = { name: "Mug", unitsInStock: 20, stockAlertThreshold: 5 };
  expect((await service.send("PUT", "/products/MUG", mug)).status).toBe(201);
});

const december = "2030-12-03T12:00:00.000Z";
const january = "2031-01-07T12:00:00.000Z";
const reference = (name: string) => `PO/${test} ${name}`;
const path = (key: string) => `/expected-deliveries/${encodeURIComponent(key)}`;
const announce = (name: string, body: object, headers?: Record<string, string>) =>
  service.send(
    "POST",
    "/expected-deliveries",
    { reference: reference(name), expectedAt: december, ...body },
    headers,
  );
const read = (name: string) => service.send("GET", path(reference(name)));
const change = (name: string, body: object) => service.send("PATCH", path(reference(name)), body);
const close = (key: string, reason: string) =>
  service.send("POST", `${path(key)}/close`, { reason });
const receive = (name: string, delivery: string, lines: readonly object[]) =>
  service.send("POST", "/receipts", {
    reference: reference(name),
    expectedDelivery: reference(delivery),
    lines,
  });
const listed = async (status: string, query = "") =>
  pageIn(await service.send("GET", `/expected-deliveries?status=${status}${query}`)).data;
const mugs = (units: number) => [{ sku: "MUG", units }];

/** What is on its way, as each read says it. */
async function incomingOf(sku: string): Promise<unknown> {
  const stock = await service.send("GET", `/stock/${sku}`);
  const availability = await service.send("GET", `/availability?sku=${sku}`);
  const ofStock = fieldOf(stock.body, "incoming");
  expect(pageIn({ ...availability, body: withCursor(availability.body) }).data[0]).toMatchObject({
    incoming: ofStock,
  });
  return ofStock;
}
const withCursor = (body: unknown) => ({ data: fieldOf(body, "data"), nextCursor: null });

describe("an expected delivery", () => {
  it("is announced, and changes no count", async () => {
    const lines = [...mugs(60), { sku: "TEA-GREEN", units: 5 }, ...mugs(1)];
    const answer = await announce("a", { supplier: "Potters Ltd", note: "By train", lines });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      reference: reference("a"),
      supplier: "Potters Ltd",
      note: "By train",
      expectedAt: december,
      status: "open",
      createdAt: expect.stringMatching(/Z$/),
      createdBy: expect.stringMatching(/^key:/),
      closedAt: null,
      closedBy: null,
      closeReason: null,
      units: 66,
      received: 0,
      incoming: 66,
      lines: [
        { sku: "MUG", name: "Mug", units: 61, received: 0, incoming: 61 },
        { sku: "TEA-GREEN", name: "Tea – TEA-GREEN", units: 5, received: 0, incoming: 5 },
      ],
      differences: [],
    });
    expect((await read("a")).body).toEqual(answer.body);
    const id = String(fieldOf(answer.body, "id"));
    expect((await service.send("GET", path(id))).body).toEqual(answer.body);
    expect((await service.send("GET", "/stock/MUG")).body).toMatchObject({ unitsInStock: 20 });
  });

  it("sent again is answered with the stored one, and another one under its reference with a 409", async () => {
    const lines = [...mugs(60), { sku: "TEA", units: 5 }];
    const first = await announce("a", { lines });
    const again = await announce("a", { csv: "sku;units\nTEA;5\nMUG;60", note: "again" });
    expect([again.status, again.body]).toEqual([200, first.body]);
    for (const other of [{ lines: mugs(60) }, { lines, expectedAt: january }]) {
      const refused = await announce("a", other);
      expect(refused.status).toBe(409);
      expect(fieldOf(refused.body, "current")).toEqual(first.body);
    }
    const key = { "idempotency-key": reference("key") };
    expect((await announce("b", { lines }, key)).status).toBe(201);
    expect((await announce("b", { lines }, key)).status).toBe(201);
    expect((await announce("c", { lines }, key)).status).toBe(409);
  });

  it.each([
    ["an unknown SKU", { lines: [{ sku: "NONE", units: 1 }] }, "/lines/0/sku"],
    ["an unknown SKU in a file", { csv: "sku,units\nNONE,1" }, "/csv"],
    ["no date", { expectedAt: null, lines: [{ sku: "MUG", units: 1 }] }, "/expectedAt"],
    ["a year of two digits", { expectedAt: "0026-12-03T12:00:00Z", csv: "" }, "/expectedAt"],
    ["a day that is none", { expectedAt: "2030-02-30T12:00:00Z", csv: "" }, "/expectedAt"],
  ])("with %s is refused", async (_what, body, pointer) => {
    const refused = await announce("a", body);
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toEqual([pointer]);
    expect((await read("a")).status).toBe(404);
  });
});

describe("what is on its way", () => {
  it("is on the product, its variants, its stock, its availability and its alert", async () => {
    expect(await incomingOf("MUG")).toBeNull();
    await announce("a", { expectedAt: january, lines: mugs(40) });
    await announce("b", { lines: [...mugs(20), { sku: "TEA-GREEN", units: 5 }] });
    const both = { units: 60, nextAt: december };
    expect(await incomingOf("MUG")).toEqual(both);
    expect((await service.send("GET", "/products/MUG")).body).toMatchObject({ incoming: both });
    await service.send("POST", "/stock/MUG/adjustments", { set: 4 });
    const alerts = pageIn(await service.send("GET", "/alerts?status=open&sku=MUG")).data;
    expect(alerts).toMatchObject([{ incoming: both }]);
    const green = { units: 5, nextAt: december };
    expect(await incomingOf("TEA-GREEN")).toEqual(green);
    expect((await service.send("GET", "/products/TEA")).body).toMatchObject({
      incoming: null,
      variants: [
        { sku: "TEA-GREEN", incoming: green },
        { sku: "TEA-BLACK", incoming: null },
      ],
    });
  });

  it("of a variant without stock of its own is its product's", async () => {
    await announce("a", { lines: [{ sku: "TEA-BLACK", units: 7 }] });
    const seven = { units: 7, nextAt: december };
    expect([await incomingOf("TEA-BLACK"), await incomingOf("TEA")]).toEqual([seven, seven]);
    const products = pageIn(await service.send("GET", "/products?q=TEA")).data;
    expect(products).toMatchObject([{ sku: "TEA", incoming: seven }]);
  });

  it("is the new product's, if the SKU was deleted and made again", async () => {
    await announce("a", { lines: mugs(60) });
    await service.send("DELETE", "/products/MUG");
    expect((await read("a")).body).toMatchObject({ lines: [{ sku: "MUG", name: null }] });
    await service.send("PUT", "/products/MUG", { name: "New mug", unitsInStock: 0 });
    expect(await incomingOf("MUG")).toEqual({ units: 60, nextAt: december });
  });
});

describe("a delivery that arrives", () => {
  it("in parts adds up, and is closed by the receipt that completes it", async () => {
    await announce("a", { lines: [...mugs(60), { sku: "TEA", units: 5 }] });
    expect((await receive("1", "a", mugs(20))).body).toMatchObject({
      expectedDelivery: reference("a"),
    });
    expect(await incomingOf("MUG")).toEqual({ units: 40, nextAt: december });
    expect((await read("a")).body).toMatchObject({ status: "open", received: 20, incoming: 45 });
    const rest = [...mugs(40), { sku: "TEA", units: 5 }];
    const second = await receive("2", "a", rest);
    expect(second.status).toBe(201);
    expect((await read("a")).body).toMatchObject({
      status: "closed",
      closedBy: expect.stringMatching(/^key:/),
      closeReason: null,
      received: 65,
      incoming: 0,
      differences: [],
    });
    expect(await incomingOf("MUG")).toBeNull();
    const again = await receive("2", "a", rest);
    expect([again.status, again.body]).toEqual([200, second.body]);
    expect((await receive("3", "a", mugs(1))).status).toBe(409);
    const receipts = pageIn(
      await service.send("GET", `/receipts?expectedDelivery=${encodeURIComponent(reference("a"))}`),
    );
    expect(receipts.data.map((one) => one["reference"])).toEqual([reference("2"), reference("1")]);
  });

  it("with less, more or something else keeps the differences, with the reason that closes it", async () => {
    const lines = [...mugs(60), { sku: "TEA", units: 5 }];
    await announce("a", { lines });
    await receive("1", "a", [
      ...mugs(58),
      { sku: "TEA", units: 6 },
      { sku: "TEA-GREEN", units: 1 },
    ]);
    const more = { sku: "TEA", units: 5, received: 6, kind: "more" };
    const other = { sku: "TEA-GREEN", units: 0, received: 1, kind: "not-expected" };
    expect((await read("a")).body).toMatchObject({
      status: "open",
      differences: [more, other],
      incoming: 2,
    });
    const closed = await close(reference("a"), "2 were broken, credited");
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({
      status: "closed",
      closeReason: "2 were broken, credited",
      incoming: 0,
      differences: [{ sku: "MUG", units: 60, received: 58, kind: "less" }, more, other],
    });
    expect(await incomingOf("MUG")).toBeNull();
    const again = await close(reference("a"), "2 were broken, credited");
    expect([again.status, again.body]).toEqual([200, closed.body]);
    expect((await close(reference("a"), "lost")).status).toBe(409);
    expect((await change("a", { expectedAt: january })).status).toBe(409);
    const retried = await announce("a", { lines });
    expect([retried.status, retried.body]).toEqual([200, closed.body]);
  });

  it("is another receipt than one with the same units that names no delivery", async () => {
    await announce("a", { lines: mugs(60) });
    await receive("1", "a", mugs(5));
    const without = { reference: reference("1"), lines: mugs(5) };
    expect((await service.send("POST", "/receipts", without)).status).toBe(409);
  });

  it("by many receipts at once counts each of them once", async () => {
    await announce("a", { lines: mugs(60) });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, index) => receive(`${index % 12}`, "a", mugs(5))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(8);
    expect((await read("a")).body).toMatchObject({ status: "closed", received: 60, units: 60 });
    expect((await service.send("GET", "/stock/MUG")).body).toMatchObject({ unitsInStock: 80 });
  });

  it("by receipts of other items at once loses none of them", async () => {
    await announce("a", { lines: [...mugs(50), { sku: "TEA", units: 50 }] });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, index) =>
        receive(`${index}`, "a", [{ sku: index % 2 ? "MUG" : "TEA", units: 5 }]),
      ),
    );
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect((await read("a")).body).toMatchObject({ status: "closed", received: 100 });
  });

  it("while somebody closes it counts whole, or is refused whole", async () => {
    await announce("a", { lines: mugs(60) });
    const [closed, ...receipts] = await Promise.all([
      close(reference("a"), "lost at sea"),
      ...Array.from({ length: 8 }, (_none, index) => receive(`${index}`, "a", mugs(5))),
    ]);
    expect(closed.status).toBe(200);
    const came = receipts.filter(({ status }) => status === 201).length * 5;
    expect(receipts.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await read("a")).body).toMatchObject({ received: came, incoming: 0 });
    const { body } = await service.send("GET", "/stock/MUG");
    expect(body).toMatchObject({ unitsInStock: 20 + came });
  });
});

describe("a delivery that is late", () => {
  it("gets another date", async () => {
    await announce("a", { lines: mugs(60) });
    const moved = await change("a", { expectedAt: "2031-01-07T13:00:00+01:00", note: "Snow" });
    expect(moved.status).toBe(200);
    expect(moved.body).toMatchObject({ expectedAt: january, note: "Snow" });
    expect(await incomingOf("MUG")).toEqual({ units: 60, nextAt: january });
    expect((await service.send("PATCH", path("none"), {})).status).toBe(404);
    expect((await close("none", "lost")).status).toBe(404);
  });
});

describe("the list of deliveries", () => {
  it("has the open ones by date, page by page, and the closed ones apart", async () => {
    await announce("late", { expectedAt: january, lines: mugs(1) });
    await announce("soon", { lines: mugs(2) });
    await announce("tea", { lines: [{ sku: "TEA", units: 3 }] });
    await close(reference("tea"), "not needed");
    const first = pageIn(await service.send("GET", "/expected-deliveries?limit=1"));
    expect(first.data).toMatchObject([{ reference: reference("soon"), units: 2, incoming: 2 }]);
    const query = `&cursor=${first.nextCursor}`;
    expect(await listed("open", query)).toMatchObject([{ reference: reference("late") }]);
    expect(await listed("open", "&sku=TEA")).toEqual([]);
    expect(await listed("closed", "&sku=TEA")).toContainEqual(
      expect.objectContaining({ reference: reference("tea"), closeReason: "not needed" }),
    );
  });
});
