// Every GET of the API, found in the OpenAPI document, asked with values and cursors that nobody sends by accident.
// Whatever is asked, the answer is no failure of the service.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { faultsIn, pageIn } from "../support/answers.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder, stockShop } from "../support/shop.ts";

const operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
});
const document = z.looseObject({
  paths: z.record(z.string(), z.looseObject({ get: operation.optional() })),
});

type Question = { readonly path: string; readonly parameters: readonly string[] };

let service: TestService;
let questions: Question[];
/** What stands for each path parameter. */
const places: Record<string, string> = { sku: "MUG-SEA", code: "shop:low_stock_internal" };

/** The values of a path: an outlook is a product's, not a variant's. */
const placesOf = (path: string) => (path.endsWith("/outlook") ? { ...places, sku: "MUG" } : places);

beforeAll(async () => {
  service = await startTestService();
  await stockShop(service);
  await createProduct(service, "POT", { name: "Pot", unitsInStock: 0, allowPreOrder: true });
  await placeOrder(service, "W-6", [{ sku: "POT", quantity: 2 }]);
  await service.send("PATCH", "/products/MUG", { allowPreOrder: true });
  for (const reference of ["W-7", "W-8"]) {
    await placeOrder(service, reference, [{ sku: "MUG-SEA", quantity: 9 }]);
  }
  await createProduct(service, "LONG", { name: "Ä".repeat(200), unitsInStock: 1 });
  await createProduct(service, "LONGER", { name: "Ö".repeat(200), unitsInStock: 1 });
  const words = { subject: null, body: "Low: {{ product.name }}" };
  const template = "/mail-templates/shop:low_stock_internal";
  for (const body of ["Low: {{ product.name }}", "Less: {{ product.name }}"]) {
    await service.send("PUT", template, { ...words, body });
    await service.send("POST", `${template}/test-send`, { to: "a@example.com" });
  }
  await service.send("PUT", "/product-types/gift", { name: "Gift" });
  await service.send("POST", "/admin-users", { email: "b@example.com", name: "B" });
  await service.send("POST", "/api-keys", { name: "second", scopes: ["orders:read"] });
  // Several items that run out soon.
  await service.sql(
    `insert into level_outlook (level_id, found_at, units_sold, units_sold_in_week, units_per_day, days_in_stock, unevenness)
     select id, now(), 280, 70, 10, 28, 1 from stock_level
     on conflict (level_id) do update set units_per_day = 10, days_in_stock = 28, units_sold = 280, unevenness = 1`,
  );
  places["id"] = await orderId(service, "W-1");
  // A webhook with the order's id, so that the list of its attempts is found, too.
  await service.sql(
    `with made as (
       insert into webhook_endpoint (id, url, channel, place, secret, created_by)
       select id, 'https://shop.example', 'webhook', 0, '', 'test' from unnest(array[$1::uuid, gen_random_uuid()]) id
       returning id)
     insert into webhook_attempt (endpoint_id, type, attempt, outcome, took_ms)
     select id, 'webhook.test', n, 'failed', 1 from made, generate_series(1, 2) n`,
    [places["id"]],
  );

  const { paths } = document.parse(await (await fetch(`${service.url}/openapi.json`)).json());
  questions = Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined
      ? []
      : [
          {
            path: path.replace("/api/v1", ""),
            parameters: get.parameters.flatMap((one) => (one.in === "query" ? [one.name] : [])),
          },
        ],
  );
});
afterAll(() => service.stop());

/** Texts as they stand in an address: control characters, halves of characters, numbers and dates beyond any column. */
const hostileTexts = [
  "",
  "%00",
  "a%00b",
  "%0A",
  "%ED%A0%80",
  "%FF",
  "%F0%9F",
  "%E2%80%A8",
  "%25",
  "%5C",
  "'",
  '"',
  "--",
  "-1",
  "0",
  "1.5",
  "1e400",
  "NaN",
  "Infinity",
  "0x10",
  "2147483648",
  "9223372036854775808",
  "99999999999999999999",
  "18446744073709551616-1",
  "1-9223372036854775808",
  "0-0",
  "-",

  "0000-01-01T00:00:00Z",
  "-infinity",
  "[]",
  "{}",
  "null",
  "..",
  "%2E%2E%2F",
  "x".repeat(3_000),
  "00000000-0000-0000-0000-000000000000",
];

const placed = (path: string, values: Readonly<Record<string, string>>) =>
  path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? "none");

/**
 * Asks several at once, and resolves with the addresses whose answer is a failure. A value that only the database
 * refuses is one, too: some check should have.
 */
async function failuresAmong(paths: readonly string[]): Promise<string[]> {
  const failures: string[] = [];
  const waiting = [...paths];
  const ask = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const { status, body } = await service.send("GET", path);
      const isUnchecked =
        status === 422 && JSON.stringify(body).includes("values that can be stored");
      if (status >= 500 || isUnchecked) failures.push(`${status} ${path}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  return failures;
}

/** The lists, each in each of its orders. */
function lists(): string[] {
  return questions
    .filter(({ path, parameters }) => parameters.includes("cursor") && path !== "/events")
    .flatMap(({ path, parameters }) => {
      const list = placed(path, placesOf(path));
      const sorts = ["sku", "name", "unitsInStock", "updatedAt"];
      return parameters.includes("sort")
        ? sorts.flatMap((sort) => [`${list}?sort=${sort}`, `${list}?sort=-${sort}`])
        : [`${list}?`];
    });
}

const firstCursor = async (list: string) =>
  z.string(list).parse(pageIn(await service.send("GET", `${list}&limit=1`)).nextCursor);
const read = (cursor: string) =>
  z.array(z.unknown()).parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
const write = (values: readonly unknown[]) =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

describe("a hostile question", () => {
  it("in a query or an address is never a failure of the service", async () => {
    const asked = questions.flatMap(({ path, parameters }) => [
      ...parameters.flatMap((name) =>
        hostileTexts.map((text) => `${placed(path, places)}?${name}=${text}`),
      ),
      ...(path.includes("{") ? hostileTexts.map((text) => path.replace(/\{\w+\}/, text)) : []),
      `${placed(path, places)}?unknown%00=1`,
    ]);
    expect(asked.length).toBeGreaterThan(500);
    expect(await failuresAmong(asked)).toEqual([]);
  });

  it("by a cursor with any other value in any place is refused, or finds a page", async () => {
    const values = [
      "",
      "\0",
      "a\0",
      "\ud800",
      "a\udc00b",
      "x".repeat(1_001),
      "-infinity",
      "NaN",
      "1",
      "0000-01-01T00:00:00Z",
      "2026-02-30T00:00:00Z",
      "2026-01-01T00:00:00+23:59",
      "0001-01-01T00:00:00+00:00",
      "9999-12-31T23:59:59.999999-14:00",
      "9".repeat(19),
      -1,
      0,
      1.5,
      99_999_999_999,
      2_147_483_648,
      1e308,
      -1e308,
      null,
      true,
      [],
      {},
      "00000000-0000-0000-0000-000000000000",
    ];
    const asked: string[] = [];
    for (const list of lists()) {
      const cursor = read(await firstCursor(list));
      const changed = cursor.flatMap((_value, place) =>
        values.map((value) => cursor.with(place, value)),
      );
      const others = [[], [cursor[0]], [...cursor, 1], cursor.slice(1)];
      asked.push(...[...changed, ...others].map((one) => `${list}&cursor=${write(one)}`));
      asked.push(...hostileTexts.map((text) => `${list}&cursor=${text}`));
    }
    expect(await failuresAmong(asked)).toEqual([]);
  }, 60_000);

  it("by a cursor of another list, order or filter is refused in words", async () => {
    const cursors = new Map<string, string>();
    for (const list of lists()) cursors.set(list, await firstCursor(list));
    expect(cursors.size).toBeGreaterThan(15);
    for (const [list, cursor] of cursors) {
      for (const other of cursors.keys()) {
        const answer = await service.send("GET", `${other}&limit=1&cursor=${cursor}`);
        expect([list, other, answer.status]).toEqual([list, other, list === other ? 200 : 422]);
        if (list === other) continue;
        expect(faultsIn(answer)["cursor"]).toMatch(/another list.*Leave it out to start again/);
      }
    }
    const all = await firstCursor("/orders?");
    expect((await service.send("GET", `/orders?status=pending&cursor=${all}`)).status).toBe(422);
    const ledger = await firstCursor("/stock/MUG/movements?");
    expect((await service.send("GET", `/stock/TIN/movements?cursor=${ledger}`)).status).toBe(422);
    const old = write(["MUG", 1]);
    expect((await service.send("GET", `/products?cursor=${old}`)).status).toBe(422);
  }, 60_000);

  it("is not what the service asks itself: a page of the longest names has a next one", async () => {
    const last = pageIn(await service.send("GET", "/products?sort=-name&limit=1"));
    expect(last.data[0]).toMatchObject({ sku: "LONGER" });
    const next = await service.send(
      "GET",
      `/products?sort=-name&limit=1&cursor=${last.nextCursor}`,
    );
    expect(pageIn(next).data[0]).toMatchObject({ sku: "LONG" });
  });
});
