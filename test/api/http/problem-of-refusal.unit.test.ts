// Each refusal in the API's words. Clients match kinds, and people read the rest: nothing of it changes by accident.

import { expect, it } from "vitest";
import { factsOf } from "../../../src/api/http/refusal-facts.ts";
import { problemOfRefusal } from "../../../src/api/http/problem-of-refusal.ts";
import type { ProblemKind } from "../../../src/contract/problem.ts";
import type { Refusal } from "../../../src/domain/refusal.ts";

/** Of a refusal: the kind of its problem, the detail, and what else is told. */
type Case = readonly [Refusal, ProblemKind, string, object?];

const wrong = { pointer: "/name", detail: "Expected a name." };
const shirt = { product: "SHIRT", productName: "Shirt" };
const counted = { sku: "SHIRT", expectedUnits: 9, unitsInStock: 5 };
const staleCount =
  "Expected 9 units of SHIRT; there are 5 now. Look at the count again, and send the request with expectedUnits 5 if it still holds.";
const belowZero = "Expected zero or more, because allowNegativeStock is off; got -4.";
const stale =
  "It is not in the version that this change was based on. Look at `current`, and make the change again on it.";

const unknown: readonly Case[] = [
  [
    { kind: "unknown", what: "group", key: "g" },
    "not-found",
    'There is no group "g". GET /api/v1/admin-groups lists what there is.',
  ],
  [
    { kind: "unknown", what: "user", key: "u" },
    "not-found",
    'There is no user "u". GET /api/v1/admin-users lists what there is.',
  ],
  [
    { kind: "unknown", what: "key", key: "k" },
    "not-found",
    'There is no key "k". GET /api/v1/api-keys lists what there is.',
  ],
  [
    { kind: "unknown", what: "mail", key: "m" },
    "not-found",
    "There is no mail m. GET /api/v1/mails lists what there is.",
  ],
  [
    { kind: "unknown", what: "order", key: "o" },
    "not-found",
    "There is no order o. Look it up with GET /orders?reference=.",
  ],
  [
    { kind: "unknown", what: "product", key: "P" },
    "not-found",
    'There is no product with the SKU "P". Look it up with GET /products?q=.',
  ],
  [
    { kind: "unknown", what: "product type", key: "t" },
    "not-found",
    'There is no product type "t". See GET /product-types for those there are.',
  ],
  [
    { kind: "unknown", what: "product or variant", key: "P" },
    "not-found",
    'There is no product or variant with the SKU "P". Look it up with GET /products?q=.',
  ],
  [
    { kind: "variant-not-product", sku: "SHIRT-M", product: "SHIRT" },
    "not-found",
    'There is no product with the SKU "SHIRT-M": it is a variant of "SHIRT". Ask for that product.',
  ],
  [
    { kind: "unknown-groups", codes: ["g"] },
    "validation-failed",
    "Some groups don't exist; see errors.",
    {
      errors: [
        {
          pointer: "/groups",
          detail: 'There is no group "g". GET /api/v1/admin-groups lists what there is.',
        },
      ],
    },
  ],
  [
    { kind: "unknown-users", ids: ["u"] },
    "validation-failed",
    "Some members don't exist; see errors.",
    {
      errors: [
        {
          pointer: "/members",
          detail: 'There is no user "u". GET /api/v1/admin-users lists what there is.',
        },
      ],
    },
  ],
];

const catalogue: readonly Case[] = [
  [
    { kind: "faults", faults: [wrong] },
    "validation-failed",
    "1 thing is wrong with the request's body; see errors.",
    { errors: [wrong] },
  ],
  [
    { kind: "faults", faults: Array.from({ length: 101 }, () => wrong) },
    "validation-failed",
    "101 things are wrong with the request's body; see errors.",
    { errors: Array.from({ length: 100 }, () => wrong) },
  ],
  [
    { kind: "skus-taken", skus: [{ ...shirt, sku: "SHIRT", isVariant: false, pointer: null }] },
    "conflict",
    'The SKU "SHIRT" belongs to the product "SHIRT" (Shirt). Use another SKU, or free this one first.',
    { skus: [{ sku: "SHIRT", product: "SHIRT" }] },
  ],
  [
    {
      kind: "skus-taken",
      skus: [{ ...shirt, sku: "SHIRT-M", isVariant: true, pointer: "/variants/0/sku" }],
    },
    "conflict",
    'The SKU "SHIRT-M" belongs to a variant of the product "SHIRT" (Shirt). Use another SKU, or free this one first.',
    {
      errors: [
        {
          pointer: "/variants/0/sku",
          detail: 'The SKU "SHIRT-M" belongs to a variant of the product "SHIRT" (Shirt).',
        },
      ],
      skus: [{ sku: "SHIRT-M", product: "SHIRT" }],
    },
  ],
  [
    { kind: "default-type", code: "goods" },
    "conflict",
    "The product type goods can't be deleted: it is the default type of products.",
  ],
  [
    { kind: "type-in-use", code: "gifts", products: 1 },
    "conflict",
    "The product type gifts can't be deleted: 1 product is of it. Give them another type first.",
    { products: 1 },
  ],
  [
    { kind: "type-in-use", code: "gifts", products: 2 },
    "conflict",
    "The product type gifts can't be deleted: 2 products are of it. Give them another type first.",
    { products: 2 },
  ],
  [
    { kind: "not-tracked", sku: "GIFT" },
    "not-tracked",
    "The stock of GIFT is not tracked, so it has no count. To have one, set trackInventory on its product, which has to be of a type with inventory.",
  ],
  [
    { kind: "stale-count", ...counted },
    "stale-count",
    staleCount,
    { expectedUnits: 9, unitsInStock: 5 },
  ],
  [
    { kind: "stale-count", ...counted, path: "/variants/1" },
    "stale-count",
    staleCount,
    { errors: [{ pointer: "/variants/1/expectedUnits", detail: staleCount }], ...counted },
  ],
  [
    { kind: "count-below-zero", path: "", unitsInStock: -4 },
    "below-zero",
    belowZero,
    { errors: [{ pointer: "/unitsInStock", detail: belowZero }] },
  ],
  [
    { kind: "stock-below-zero", items: [{ sku: "OWED", unitsInStock: -2 }] },
    "below-zero",
    "allowNegativeStock can't be switched off while units are below zero: OWED has -2. Set unitsInStock to zero or more in the same request, or adjust the stock first.",
    { belowZero: [{ sku: "OWED", unitsInStock: -2 }] },
  ],
  [
    { kind: "adjustment-below-zero", sku: "SHIRT", unitsInStock: 5, unitsAfter: -94 },
    "below-zero",
    "SHIRT has 5 units, and this would make them -94. Expected zero or more; only a product with allowNegativeStock may have less.",
    { unitsInStock: 5, unitsAfter: -94 },
  ],
];

const versions: readonly Case[] = [
  ...(["group", "user", "mail template", "store"] as const).map((of): Case => [
    { kind: "stale-version", of },
    "stale-version",
    stale,
    { current: null },
  ]),
  [
    { kind: "stale-version", of: { what: "product", key: "P", change: "save" } },
    "stale-version",
    "Product P is not as the request expects it: it was changed, made or deleted meanwhile. Look at current, and send the request again with its version.",
    { current: null },
  ],
  [
    { kind: "stale-version", of: { what: "product", key: "P", change: "delete" } },
    "stale-version",
    "Product P was changed meanwhile. Look at current, and delete it with its version.",
    { current: null },
  ],
  [
    { kind: "stale-version", of: { what: "product type", key: "t", change: "save" } },
    "stale-version",
    "Product type t is not as the request expects it: it was changed or made meanwhile. Look at current, and send the request again with its version.",
    { current: null },
  ],
  [
    { kind: "stale-version", of: { what: "product type", key: "t", change: "delete" } },
    "stale-version",
    "Product type t was changed meanwhile. Look at current, and delete it with its version.",
    { current: null },
  ],
];

const line = { index: 0, sku: "MUG", requested: 5, restockable: 2 };
const fault = { pointer: "/lines/0", restockable: 2 };
const orders: readonly Case[] = [
  [
    { kind: "wrong-status", change: "cancelled", status: "refunded" },
    "wrong-status",
    "Expected an order that is awaiting payment, pending or confirmed; it is refunded.",
  ],
  [
    { kind: "wrong-status", change: "refunded", status: "pending" },
    "wrong-status",
    "Expected an order that is confirmed; it is pending.",
  ],
  [
    { kind: "wrong-status", change: "restock", status: "confirmed" },
    "wrong-status",
    "Expected an order of which something was cancelled or refunded; it is confirmed. Cancel or refund what came back first.",
  ],
  [
    { kind: "wrong-status", change: "lines", status: "pending" },
    "wrong-status",
    "Expected an order that is confirmed, because lines are named; it is pending. Leave lines out to cancel the whole order, or wait for its decision.",
  ],
  [
    { kind: "wrong-status", change: "lines", status: "rejected" },
    "wrong-status",
    "Expected an order that is confirmed, because lines are named; it is rejected.",
  ],
  [
    {
      kind: "not-left",
      change: "refunded",
      lines: [
        { index: 0, sku: "CUP", reason: "not-in-order", requested: 1, left: 0 },
        { index: 1, sku: "MUG", reason: "more-than-left", requested: 5, left: 2 },
      ],
    },
    "validation-failed",
    "Not all of that is left to be refunded; nothing was.",
    {
      errors: [
        {
          pointer: "/lines/0",
          code: "not-in-order",
          left: 0,
          detail: 'Expected a SKU of this order; it has no "CUP".',
        },
        {
          pointer: "/lines/1",
          code: "more-than-left",
          left: 2,
          detail: 'Expected at most 2 units of "MUG", which is what is left to be refunded; got 5.',
        },
      ],
    },
  ],
  [
    { kind: "no-count-for-restock", skus: ["MUG"] },
    "validation-failed",
    "Not all of that can be put back to stock, so nothing was changed.",
    {
      errors: [
        {
          pointer: "/restock",
          code: "deleted",
          sku: "MUG",
          detail:
            '"MUG" was deleted and nothing has its SKU now, so there is no count to put its units back to. Create it again first, or send restock: false.',
        },
      ],
    },
  ],
  [
    {
      kind: "not-restockable",
      lines: [
        { ...line, reason: "not-in-order" },
        { ...line, reason: "deleted" },
        { ...line, reason: "more-than-taken" },
      ],
    },
    "validation-failed",
    "Not all of that can be put back; nothing was.",
    {
      errors: [
        {
          ...fault,
          code: "not-in-order",
          detail: 'Expected a SKU of this order; it has no "MUG".',
        },
        {
          ...fault,
          code: "deleted",
          detail:
            '"MUG" was deleted and nothing has its SKU now, so there is no count to put its units back to. Leave it out, or create it again first.',
        },
        {
          ...fault,
          code: "more-than-taken",
          detail:
            'Expected at most 2 units of "MUG", which is what was taken, given up and has not come back; got 5.',
        },
      ],
    },
  ],
];

const access: readonly Case[] = [
  [
    { kind: "beyond-granter", permissions: ["orders:manage", "queues:write"] },
    "permission-denied",
    "This would need the permissions orders:manage, queues:write, which you don't have yourself. Ask somebody who has them.",
  ],
  [
    { kind: "granter-gone" },
    "unauthenticated",
    "The key or session of this request was ended before the request was carried out; nothing was changed.",
  ],
  [
    { kind: "permissions-lost", permissions: ["orders:read", "admin:write"] },
    "conflict",
    "Expected one enabled person with the permission admin:write to remain; after this there would be none. Make somebody else an administrator first.",
  ],
  [
    { kind: "permissions-lost", permissions: ["orders:read"] },
    "conflict",
    "Expected one enabled person to remain who can give others orders:read; after this there would be none. Give it to somebody else who has admin:write first.",
  ],
  [
    { kind: "permissions-lost", permissions: ["orders:read", "mails:read"] },
    "conflict",
    "Expected one enabled person to remain who can give others orders:read, mails:read; after this there would be none. Give them to somebody else who has admin:write first.",
  ],
  [
    { kind: "protected-group", code: "administrators" },
    "conflict",
    "The group administrators can't be deleted: the store relies on it. Remove its members instead.",
  ],
  [
    { kind: "too-many-members", membersMax: 500 },
    "conflict",
    "Expected at most 500 members in a group. Remove one first.",
  ],
  [
    { kind: "key-name-taken", name: "shop" },
    "conflict",
    'There is a key named "shop" already, perhaps written in another case. The ledger tells keys apart by their names: choose another, or revoke that key first.',
    { errors: [{ pointer: "/name", detail: "Expected a name that no other active key has." }] },
  ],
  [
    { kind: "email-taken", email: "anna@example.com" },
    "conflict",
    "Somebody has the address anna@example.com already, perhaps written in another case.",
    { errors: [{ pointer: "/email", detail: "Expected an address that nobody else has." }] },
  ],
];

const cases = [...unknown, ...catalogue, ...versions, ...orders, ...access].map(
  ([refusal, kind, detail, more]) => ({ refusal, kind, told: { detail, ...more } }),
);

it.each(cases)("$refusal is answered as $kind", ({ refusal, kind, told }) => {
  const problem = problemOfRefusal(refusal);
  expect(problem.kind).toBe(kind);
  const { type: _type, title: _title, status: _status, code, ...rest } = problem.toJSON();
  expect(code).toBe(refusal.kind);
  expect(rest).toEqual({ ...factsOf(refusal), ...told });
});

it("tells the facts that its kind has", () => {
  expect(factsOf({ kind: "unknown", what: "order", key: "7" })).toEqual({ resource: "order" });
  expect(factsOf({ kind: "too-many-members", membersMax: 500 })).toEqual({ membersMax: 500 });
  expect(factsOf({ kind: "wrong-status", change: "paid", status: "expired" })).toEqual({
    orderStatus: "expired",
  });
  const permissions = ["stock:write"] as const;
  expect(factsOf({ kind: "beyond-granter", permissions })).toEqual({ permissions });
  expect(factsOf({ kind: "permissions-lost", permissions })).toEqual({ permissions });
  expect(factsOf({ kind: "variant-not-product", sku: "SHIRT-M", product: "SHIRT" })).toEqual({
    product: "SHIRT",
  });
  expect(factsOf({ kind: "granter-gone" })).toEqual({});
});
