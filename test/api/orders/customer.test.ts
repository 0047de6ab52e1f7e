// What is only shown of a customer never costs the sale, and comes back as it was sent.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectBalancedBooks } from "../../support/audit.ts";
import { faultsIn, fieldOf, pageIn } from "../../support/answers.ts";
import { readAccepted } from "../../support/orders.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 1_000 });
});
afterAll(async () => {
  await expectBalancedBooks(service.databaseUrl);
  await service.stop();
});

const place = (more: object) =>
  service.send("POST", "/orders", {
    reference: randomUUID(),
    lines: [{ sku: "MUG", quantity: 1 }],
    ...more,
  });

it.each([
  [null, null],
  ["", null],
  [{}, null],
  [{ name: "" }, null],
  [{ name: null, email: "" }, null],
  [{ name: "Guest", email: "" }, { name: "Guest" }],
  [{ email: "a..b@docomo.ne.jp" }, { email: "a..b@docomo.ne.jp" }],
  [{ email: "x@münchen.example" }, { email: "x@münchen.example" }],
  [{ email: " ada@example.com " }, { email: " ada@example.com " }],
  [
    { id: 12, vip: true },
    { id: 12, vip: true },
  ],
  [{ address: { lines: ["Hauptstraße 1", ""] } }, { address: { lines: ["Hauptstraße 1", ""] } }],
  [{ name: "A\0B\u001b[31m\u202eC\ud800" }, { name: "A\0B\u001b[31m\u202eC\ud800" }],
  [{ name: '"}]\\u0000' }, { name: '"}]\\u0000' }],
  ["Ada", { value: "Ada" }],
])("an order with the customer %j is taken and keeps %j", async (customer, kept) => {
  const answer = await place({ customer });
  expect(answer.status).toBe(202);
  const { id } = readAccepted(answer);
  const stored = await service.send("GET", `/orders/${id}`);
  expect(fieldOf(stored.body, "customer")).toEqual(kept);
  await expect
    .poll(async () => fieldOf((await service.send("GET", `/orders/${id}`)).body, "status"))
    .toBe("confirmed");
  const [newest] = pageIn(await service.send("GET", "/orders?limit=1")).data;
  expect(newest?.["customer"]).toEqual(kept);
});

it.each([null, ""])("the note %j is no note", async (note) => {
  const { id } = readAccepted(await place({ note }));
  expect(fieldOf((await service.send("GET", `/orders/${id}`)).body, "note")).toBeNull();
});

it("a customer of more than 10,000 characters is refused with its place", async () => {
  const answer = await place({ customer: { name: "a".repeat(10_000) } });
  expect(answer.status).toBe(422);
  expect(faultsIn(answer)["/customer"]).toBe(
    "Expected at most 10,000 characters of JSON about the customer, and at most 20 levels; got an object.",
  );
});
