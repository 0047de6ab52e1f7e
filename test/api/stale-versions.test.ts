// Whoever changes something that was changed meanwhile is refused, and shown what reading it would show them now.

import { afterAll, beforeAll, expect, it } from "vitest";
import { fieldOf, problemIn } from "../support/answers.ts";
import { createGroup, createPerson, type Person } from "../support/people.ts";
import { startTestApi, type TestService } from "../support/service.ts";

let service: TestService;
let anna: Person;
beforeAll(async () => {
  service = await startTestApi();
  anna = await createPerson(service, "anna@example.com");
  await createGroup(service, "packers", ["orders:read"]);
  await service.send("PUT", "/product-types/gifts", type);
  await service.send("PUT", "/products/MUG", { ...mug, variants: [{ sku: "MUG-L" }] });
  await service.send("PUT", template, { subject: "Low", body: null });
});
afterAll(() => service.stop());

const template = "/mail-templates/shop:low_stock_internal";
const type = { name: "Gifts", hasInventory: false, hasVariants: false };
const mug = { name: "Mug", unitsInStock: 3 };
const group = { name: "Packers", permissions: [] };

const changes = (): readonly (readonly [string, string, object?])[] => [
  ["PUT", "/products/MUG", mug],
  ["PATCH", "/products/MUG", {}],
  ["DELETE", "/products/MUG"],
  ["PUT", "/product-types/gifts", type],
  ["DELETE", "/product-types/gifts"],
  ["PUT", "/admin-groups/packers", group],
  ["DELETE", "/admin-groups/packers"],
  ["PATCH", `/admin-users/${anna.id}`, { name: "Anna" }],
  ["DELETE", `/admin-users/${anna.id}`],
  ["PUT", "/store", { name: "Mine" }],
  ["PUT", template, { subject: "Other", body: null }],
  ["DELETE", template],
];

it("a change of a version that is gone is refused, and tells the current one", async () => {
  for (const [method, path, body] of changes()) {
    const current = await service.send("GET", path);
    const refused = await service.send(method, path, body, { "if-match": '"99"' });
    expect([method, path, refused.status, problemIn(refused)]).toEqual([
      method,
      path,
      412,
      "stale-version",
    ]);
    expect(fieldOf(refused.body, "current")).toEqual(current.body);
    expect([path, (await service.send("GET", path)).status]).toEqual([path, 200]);
  }
});

it.each([
  ["PUT", "/products/NONE", mug],
  ["PUT", "/product-types/none", type],
  ["PUT", "/admin-groups/none", group],
])("%s %s of a version tells null if nothing is there", async (method, path, body) => {
  const refused = await service.send(method, path, body, { "if-match": '"99"' });
  expect([refused.status, problemIn(refused)]).toEqual([412, "stale-version"]);
  expect(fieldOf(refused.body, "current")).toBeNull();
});
