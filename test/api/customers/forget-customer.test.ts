// A customer who is forgotten is in no table any more, and nothing else has changed.

import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { keysOfOrder } from "../../../src/domain/search/order-text.ts";
import { keysOfPlace } from "../../../src/domain/search/search-keys.ts";
import { fieldOf, pageIn, problemIn } from "../../support/answers.ts";
import { expectBalancedBooks } from "../../support/audit.ts";
import { keyWith } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await service.send("PUT", "/products/LAMP", { name: "Lamp", unitsInStock: 100 });
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const ada = { name: "Ada Zweistein", email: "Ada.Zweistein@example.com", phone: "+43 1 58858" };
const bob = {
  name: "Bob",
  email: "bob@example.com",
  note: "friend of ada.zweistein@example.com.au",
};
const markers = ["zweistein", "58858"];

async function place(reference: string, customer: object, note: string): Promise<string> {
  const body = { reference, customer, note, lines: [{ sku: "LAMP", quantity: 2 }] };
  const answer = await service.send("POST", "/orders", body, { prefer: "wait=20" });
  expect(answer.status).toBe(201);
  return String(fieldOf(answer.body, "id"));
}

const forget = (customer: string, headers = {}) =>
  service.send("DELETE", `/customers/${encodeURIComponent(customer)}`, undefined, headers);

/** The tables of all schemas that have a row with this text in any column. */
async function tablesWith(text: string): Promise<readonly string[]> {
  const tables = await service.sql<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  expect(tables.length).toBeGreaterThan(30);
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await service.sql<{ count: number }>(
      `select count(*)::integer as count from ${name} t where t::text ilike $1`,
      [`%${text}%`],
    );
    if ((row?.count ?? 0) > 0) found.push(name);
  }
  return found;
}

const indexed = async () =>
  Number((await service.sql<{ n: string }>("select count(*) as n from order_search"))[0]?.n);

describe("a customer who is forgotten", () => {
  it("is in no row of any table, and orders, counts and other customers are as they were", async () => {
    const first = await place("A-1", ada, "For Ms Zweistein");
    await vi.waitFor(async () => expect(await indexed()).toBeGreaterThan(0), { timeout: 20_000 });
    const other = await place("B-1", bob, "For Bob");
    const second = await place("A-2", { who: { mail: ada.email } }, "Again Zweistein");
    const cancel = { note: "Zweistein rang", lines: [{ sku: "LAMP", quantity: 1 }] };
    expect((await service.send("POST", `/orders/${second}/cancel`, cancel)).status).toBe(200);
    await service.sql(
      `with endpoint as (
         insert into webhook_endpoint (id, url, channel, status, secret, place, created_by)
         values (gen_random_uuid(), 'http://127.0.0.1:9/', 'webhook', 'disabled', '', 0, 'key') returning id)
       insert into webhook_attempt (endpoint_id, place, type, attempt, outcome, took_ms, answer)
       select endpoint.id, e.id, e.type, 1, 'failed', 1, 'Zweistein is unknown'
       from endpoint, event e where e.order_id = $1`,
      [second],
    );
    for (const marker of markers) expect(await tablesWith(marker)).not.toEqual([]);
    const before = (await service.send("GET", `/orders/${second}`)).body;
    const stock = (await service.send("GET", "/stock/LAMP")).body;

    const forgotten = await forget(ada.email.toUpperCase());
    expect([forgotten.status, forgotten.body]).toEqual([200, { orders: 2, hasMore: false }]);

    // Orders get into the index later, too: none brings her back.
    await vi.waitFor(async () => expect(await indexed()).toBe(3), { timeout: 20_000 });
    expect(await tablesWith("58858")).toEqual([]);
    // Bob wrote of her: that is of another customer, with another address.
    expect(await tablesWith("zweistein")).toEqual(await tablesWith("zweistein@example.com.au"));
    expect((await service.send("GET", `/orders/${other}`)).body).toMatchObject({ customer: bob });
    const after = (await service.send("GET", `/orders/${second}`)).body;
    for (const field of ["id", "reference", "status", "lines", "acceptedAt", "decidedAt"]) {
      expect(fieldOf(after, field)).toEqual(fieldOf(before, field));
    }
    expect(after).toMatchObject({ customer: null, note: null });
    expect((await service.send("GET", `/orders/${first}`)).body).toMatchObject({ customer: null });
    expect((await service.send("GET", "/stock/LAMP")).body).toEqual(stock);
  });

  it("is found by no search, and the order is still found by its reference and items", async () => {
    expect(await forget(bob.email)).toMatchObject({ body: { orders: 1, hasMore: false } });
    for (const marker of ["zweistein", "bob@example.com"]) {
      const found = await service.send("GET", `/orders?q=${marker}`);
      expect(pageIn(found).data).toEqual([]);
      expect(await tablesWith(marker)).toEqual([]);
    }
    expect(pageIn(await service.send("GET", "/orders?q=b-1")).data).toHaveLength(1);
    const rows = await service.sql<{ text: string; keys: number[]; place: string }>(
      "select text, keys, place from order_search",
    );
    for (const { text, keys, place: at } of rows) {
      const expected = [...keysOfOrder(text), ...keysOfPlace(Number(at))];
      expect(keys.toSorted()).toEqual(expected.toSorted());
    }
  });

  it("stays forgotten if the checkout sends the same order again, and can be forgotten twice", async () => {
    const body = { reference: "A-1", customer: ada, lines: [{ sku: "LAMP", quantity: 2 }] };
    expect((await service.send("POST", "/orders", body)).status).toBe(200);
    expect(await tablesWith("zweistein")).toEqual([]);
    expect((await forget(ada.email)).body).toEqual({ orders: 0, hasMore: false });
  });

  it("leaves an entry in the record of activity, without who it was", async () => {
    const entries = pageIn(await service.send("GET", "/activity?area=customer")).data;
    expect(entries.map(({ after }) => fieldOf(after, "orders"))).toEqual([1, 2]);
    expect(JSON.stringify(entries)).not.toMatch(/zweistein|bob/i);
  });
});

describe("who is meant", () => {
  it("is told by an id, a number or a phone, but not by a name, which many have", async () => {
    await place("C-1", { name: "C-17", email: "one@example.com" }, "x");
    await place("C-2", { customerId: "C-17", name: "Two" }, "x");
    expect((await forget("C-17")).body).toMatchObject({ orders: 1 });
    expect((await service.send("GET", "/orders?reference=C-1")).body).toMatchObject({
      data: [{ customer: { name: "C-17" } }],
    });
  });

  it("needs at least three characters, and somebody who may manage orders", async () => {
    expect(problemIn(await forget("ab"))).toBe("validation-failed");
    const key = await keyWith(service, ["orders:read", "orders:write"]);
    expect((await forget("one@example.com", key)).status).toBe(403);
  });

  it("is looked for among orders of before the index only when it has them", async () => {
    const progress = "update order_search_progress set complete = $1, covered_from = $2";
    const all = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    const [kept] = await service.sql<{ id: string; complete: boolean }>(
      "select covered_from as id, complete from order_search_progress",
    );
    await service.sql(
      `begin; ${progress.replace("$1", "false").replace("$2", `'${all}'`)}; commit`,
    );
    const refused = await forget("one@example.com");
    await service.sql(progress, [kept?.complete, kept?.id]);
    expect([refused.status, problemIn(refused)]).toEqual([503, "unavailable"]);
    expect((await forget("one@example.com")).body).toMatchObject({ orders: 1 });
  });
});
