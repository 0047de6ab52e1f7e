// The list of products over HTTP: searching, filtering by the state of stock, sorting, paging.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsIn, pageIn } from "../../support/answers.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;

/** A small store: each product is named after what is special about it. */
const store: Readonly<Record<string, object>> = {
  PLENTY: { name: "Apple crate", unitsInStock: 50, stockAlertThreshold: 5 },
  "AT-LIMIT": { name: "Banana crate", unitsInStock: 5, stockAlertThreshold: 5 },
  WARNS: {
    name: "cherry crate",
    unitsInStock: 4,
    stockAlertThreshold: 5,
    outOfStockThreshold: 0,
  },
  EMPTY: { name: "Date crate", unitsInStock: 0 },
  "EMPTY-HIDDEN": { name: "Elder crate", unitsInStock: 0, hideIfOutOfStock: true },
  "EMPTY-PRE-ORDER": {
    name: "Fig crate",
    unitsInStock: 0,
    hideIfOutOfStock: true,
    allowPreOrder: true,
  },
  "EMPTY-DISABLED": {
    name: "Grape crate",
    unitsInStock: 0,
    hideIfOutOfStock: true,
    enabled: false,
  },
  UNTRACKED: { name: "Hazel crate", trackInventory: false },
  SERVICE: { name: "Installation", type: "service" },
  MIXED: {
    name: "Juniper crate",
    unitsInStock: 9,
    hideIfOutOfStock: true,
    variants: [
      { sku: "MIXED-EMPTY", name: "Branch 100%_\\", unitsInStock: 0 },
      { sku: "MIXED-BASE", name: "Berry" },
    ],
  },
  "MIXED-HIDDEN": {
    name: "Kiwi crate",
    hideIfOutOfStock: true,
    variants: [
      { sku: "MH-1", unitsInStock: 0 },
      { sku: "MH-2", unitsInStock: 8, enabled: false },
    ],
  },
};

beforeAll(async () => {
  service = await startTestApi();
  for (const [sku, body] of Object.entries(store)) {
    expect((await service.send("PUT", `/products/${sku}`, body)).status).toBe(201);
  }
});

afterAll(async () => {
  await service.stop();
});

async function list(query: string): Promise<unknown[]> {
  const page = pageIn(await service.send("GET", `/products?limit=200&${query}`));
  return page.data.map(({ sku }) => sku);
}

describe("filtering", () => {
  it.each([
    ["low", ["WARNS"]],
    [
      "out",
      [
        "AT-LIMIT",
        "EMPTY",
        "EMPTY-DISABLED",
        "EMPTY-HIDDEN",
        "EMPTY-PRE-ORDER",
        "MIXED",
        "MIXED-HIDDEN",
      ],
    ],
    ["hidden", ["EMPTY-HIDDEN", "MIXED-HIDDEN"]],
    ["untracked", ["SERVICE", "UNTRACKED"]],
    ["pre-order", ["EMPTY-PRE-ORDER"]],
    ["disabled", ["EMPTY-DISABLED"]],
  ])("%s finds its products", async (status, expected) => {
    expect(await list(`status=${status}`)).toEqual(expected);
  });

  it("by hidden agrees with what storefronts are told", async () => {
    const asked = Object.keys(store).map((sku) => `sku=${sku}`);
    const answer = await service.send("GET", `/availability?${asked.join("&")}`);
    const invisible = pageIn({ ...answer, body: { ...Object(answer.body), nextCursor: null } })
      .data.filter(({ visible }) => visible === false)
      .map(({ sku }) => sku);
    const hidden = await list("status=hidden");
    const disabled = await list("status=disabled");
    expect(invisible.toSorted()).toEqual([...hidden, ...disabled].toSorted());
  });

  it("by an unknown state is refused", async () => {
    const refused = await service.send("GET", "/products?status=gone");
    expect(refused.status).toBe(422);
    expect(Object.keys(faultsIn(refused))).toEqual(["status"]);
  });
});

describe("searching", () => {
  it.each([
    ["by name, in any case", "CHERRY", ["WARNS"]],
    ["by SKU", "empty-h", ["EMPTY-HIDDEN"]],
    ["by a variant's SKU", "mixed-base", ["MIXED"]],
    ["by a variant's name", "berry", ["MIXED"]],
    ["for a percent sign", "100%", ["MIXED"]],
    ["for an underscore", "%_", ["MIXED"]],
    ["for a backslash", "_\\", ["MIXED"]],
    ["for what nothing has", "zebra", []],
  ])("%s", async (_how, q, expected) => {
    expect(await list(`q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it("and filtering narrow the list together", async () => {
    expect(await list("q=crate&status=untracked")).toEqual(["UNTRACKED"]);
  });
});

describe("sorting and paging", () => {
  it.each([
    "sku",
    "-sku",
    "name",
    "-name",
    "unitsInStock",
    "-unitsInStock",
    "updatedAt",
    "-updatedAt",
  ])("by %s shows each product once, in the same order however small the pages", async (sort) => {
    const whole = await list(`sort=${sort}`);
    expect(whole).toHaveLength(Object.keys(store).length);
    const paged: unknown[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const query: string = cursor === "" ? "" : `&cursor=${cursor}`;
      const page = pageIn(await service.send("GET", `/products?limit=2&sort=${sort}${query}`));
      paged.push(...page.data.map(({ sku }) => sku));
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(whole);
  });

  it("by name ignores case", async () => {
    expect((await list("sort=name")).slice(0, 4)).toEqual(["PLENTY", "AT-LIMIT", "WARNS", "EMPTY"]);
  });

  it("by units counts variants in, and puts what has no count last either way", async () => {
    const up = await list("sort=unitsInStock");
    const down = await list("sort=-unitsInStock");
    expect(down.slice(0, 2)).toEqual(["PLENTY", "MIXED"]);
    expect(up.slice(-2)).toEqual(expect.arrayContaining(["UNTRACKED", "SERVICE"]));
    expect(down.slice(-2)).toEqual(expect.arrayContaining(["UNTRACKED", "SERVICE"]));
  });

  it("refuses a cursor of another list", async () => {
    const page = pageIn(await service.send("GET", "/products?limit=2&sort=sku"));
    const path = `/products?limit=2&sort=unitsInStock&cursor=${page.nextCursor}`;
    expect((await service.send("GET", path)).status).toBe(422);
    expect((await service.send("GET", "/products?cursor=nonsense")).status).toBe(422);
  });
});
