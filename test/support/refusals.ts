// Refusals of every kind that the domain has, with such values as a store has. A new kind needs its refusals here.

import type { Refusal } from "../../src/domain/refusal.ts";
import { orderStatuses } from "../../src/domain/order/order-status.ts";

type RefusalsByKind = {
  readonly [Kind in Refusal["kind"]]: readonly Extract<Refusal, { readonly kind: Kind }>[];
};

const line = { index: 0, sku: "MUG", requested: 5 };
const taken = { product: "SHIRT", productName: "Shirt" };

const byKind: RefusalsByKind = {
  unknown: (
    [
      "group",
      "user",
      "key",
      "mail",
      "order",
      "product",
      "product type",
      "product or variant",
      "movement",
      "receipt",
      "expected delivery",
      "webhook",
    ] as const
  ).map((what) => ({ kind: "unknown", what, key: "X-1" })),
  "variant-not-product": [{ kind: "variant-not-product", sku: "SHIRT-M", product: "SHIRT" }],
  "stale-version": [
    { kind: "stale-version", of: "group" },
    { kind: "stale-version", of: { what: "product", key: "MUG", change: "save" } },
    { kind: "stale-version", of: { what: "product type", key: "mugs", change: "delete" } },
  ],
  faults: [{ kind: "faults", faults: [{ pointer: "/name", detail: "Expected a name." }] }],
  "skus-taken": [
    {
      kind: "skus-taken",
      skus: [{ ...taken, sku: "SHIRT-M", isVariant: true, pointer: "/variants/0/sku" }],
    },
    {
      kind: "skus-taken",
      skus: [
        { ...taken, sku: "SHIRT", isVariant: false, pointer: null },
        { ...taken, sku: "SHIRT-M", isVariant: true, pointer: "/variants/0/sku" },
      ],
    },
  ],
  "default-type": [{ kind: "default-type", code: "other" }],
  "type-in-use": [
    { kind: "type-in-use", code: "mugs", products: 1 },
    { kind: "type-in-use", code: "mugs", products: 12 },
  ],
  "not-tracked": [{ kind: "not-tracked", sku: "GIFT-WRAP" }],
  "stale-count": [
    { kind: "stale-count", sku: "MUG", expectedUnits: 80, unitsInStock: 79 },
    { kind: "stale-count", sku: "MUG", path: "", expectedUnits: 80, unitsInStock: 79 },
  ],
  "count-below-zero": [{ kind: "count-below-zero", path: "", unitsInStock: -4 }],
  "stock-below-zero": [{ kind: "stock-below-zero", items: [{ sku: "MUG", unitsInStock: -3 }] }],
  "adjustment-below-zero": [
    { kind: "adjustment-below-zero", sku: "MUG", unitsInStock: 2, unitsAfter: -1 },
  ],
  "not-undoable": [{ kind: "not-undoable", movement: "sale" }],
  "undone-before": [{ kind: "undone-before", id: "41", by: "57" }],
  "not-receivable": (["unknown-sku", "not-tracked", "hidden", "variant-required"] as const).flatMap(
    (reason) => [
      { kind: "not-receivable" as const, lines: [{ index: 0, sku: "MUG", reason }] },
      { kind: "not-receivable" as const, lines: [{ index: 0, sku: "MUG", fileLine: 3, reason }] },
    ],
  ),
  "reference-taken": [
    { kind: "reference-taken", what: "receipt", reference: "R-1" },
    { kind: "reference-taken", what: "expected delivery", reference: "D-1" },
  ],
  "delivery-closed": [{ kind: "delivery-closed", reference: "D-1" }],
  "wrong-status": (["cancelled", "refunded", "lines", "restock", "paid"] as const).flatMap(
    (change) => orderStatuses.map((status) => ({ kind: "wrong-status" as const, change, status })),
  ),
  "not-left": (["not-in-order", "more-than-left"] as const).map((reason) => ({
    kind: "not-left",
    change: "refunded",
    lines: [{ ...line, reason, left: 2 }],
  })),
  "no-count-for-restock": [{ kind: "no-count-for-restock", skus: ["MUG"] }],
  "not-restockable": (["not-in-order", "deleted", "more-than-taken"] as const).map((reason) => ({
    kind: "not-restockable",
    lines: [{ ...line, reason, restockable: 2 }],
  })),
  "unknown-groups": [{ kind: "unknown-groups", codes: ["night-shift"] }],
  "unknown-users": [{ kind: "unknown-users", ids: ["0198"] }],
  "beyond-granter": [{ kind: "beyond-granter", permissions: ["orders:manage", "queues:write"] }],
  "granter-gone": [{ kind: "granter-gone" }],
  "permissions-lost": [
    { kind: "permissions-lost", permissions: ["admin:write"] },
    { kind: "permissions-lost", permissions: ["stock:write", "mails:read"] },
  ],
  "protected-group": [{ kind: "protected-group", code: "store-managers" }],
  "too-many-members": [{ kind: "too-many-members", membersMax: 500 }],
  "key-name-taken": [{ kind: "key-name-taken", name: "shop" }],
  "too-many-supplier-mails": [
    { kind: "too-many-supplier-mails", mailsMax: 100, waitSeconds: 1_500 },
  ],
  "too-many-webhooks": [{ kind: "too-many-webhooks", webhooksMax: 50 }],
  "webhook-disabled": [{ kind: "webhook-disabled", id: "w-1" }],
  "webhook-place-not-kept": [{ kind: "webhook-place-not-kept", id: "w-1", oldest: "5000" }],
  "webhook-without-secret": [{ kind: "webhook-without-secret", id: "w-1" }],
  "email-taken": [{ kind: "email-taken", email: "anna@example.com" }],
  "has-password": [{ kind: "has-password" }],
  "person-disabled": [{ kind: "person-disabled" }],
};

/** At least one refusal of each kind. */
export const everyRefusal: readonly Refusal[] = Object.values(byKind).flat();
