// Why a request is refused, as facts. Each rule that refuses has a fact here, and `api/http` has the words and the
// status for each: what can be refused is read in one place, and what is answered in another.

import type { Permission } from "./access/permissions.ts";
import type { OrderStatus } from "./order/order-status.ts";
import type { RestockProblem } from "./order/restock.ts";

/** What is wrong with one place of a request; `pointer` is a JSON pointer into its body. */
export type Fault = { readonly pointer: string; readonly detail: string };

/** A wanted SKU that belongs to another product or to one of its variants. */
export type TakenSku = {
  readonly sku: string;
  /** SKU and name of the product that it belongs to. */
  readonly product: string;
  readonly productName: string;
  /** Whether it is a variant of that product that has it. */
  readonly isVariant: boolean;
  /** Where the request wants it; null if it is in the address. */
  readonly pointer: string | null;
};

/** A count as somebody expected it and as it is. */
type StaleCount = {
  readonly kind: "stale-count";
  readonly sku: string;
  readonly expectedUnits: number;
  readonly unitsInStock: number;
  /** The expectation's place in an edit of a product; null in an adjustment. */
  readonly pointer: string | null;
};

/** What a request can ask for by a key that nothing has. */
export type Resource =
  | "group"
  | "user"
  | "key"
  | "order"
  | "product"
  | "product type"
  | "product or variant";

/** Whose change was based on an older version. `key` names one of several. */
export type StaleVersion = {
  readonly kind: "stale-version";
  readonly what: "group" | "user" | "product" | "product type" | "mail template" | "store";
  readonly key: string;
  readonly change: "save" | "delete";
};

/** One reason why a request is refused, with what somebody needs to know to do better. */
export type Refusal =
  | { readonly kind: "unknown"; readonly what: Resource; readonly key: string }
  /** A SKU was asked for as a product's; it is that of a variant of `product`. */
  | { readonly kind: "variant-not-product"; readonly sku: string; readonly product: string }
  | StaleVersion
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  // Products and their types
  /** In the order of the request. */
  | { readonly kind: "skus-taken"; readonly skus: readonly TakenSku[] }
  | { readonly kind: "default-type"; readonly code: string }
  | { readonly kind: "type-in-use"; readonly code: string; readonly products: number }
  // Counts
  | { readonly kind: "not-tracked"; readonly sku: string }
  | StaleCount
  /** An edit sets a count of `unitsInStock`, below zero; `pointer` is its place. */
  | { readonly kind: "count-below-zero"; readonly unitsInStock: number; readonly pointer: string }
  /** An adjustment would make `unitsAfter`, below zero, of `unitsInStock`. */
  | {
      readonly kind: "adjustment-below-zero";
      readonly sku: string;
      readonly unitsInStock: number;
      readonly unitsAfter: number;
    }
  /** Negative stock can't be forbidden while these counts are below zero. */
  | {
      readonly kind: "still-below-zero";
      readonly levels: readonly { readonly sku: string; readonly unitsInStock: number }[];
    }
  // Orders
  | {
      readonly kind: "wrong-status";
      readonly change: "cancel" | "refund" | "restock";
      readonly status: OrderStatus;
    }
  | { readonly kind: "not-restockable"; readonly entries: readonly RestockProblem[] }
  // Who may do what
  | { readonly kind: "unknown-groups"; readonly codes: readonly string[] }
  | { readonly kind: "unknown-users"; readonly ids: readonly string[] }
  | { readonly kind: "beyond-granter"; readonly permissions: readonly Permission[] }
  | { readonly kind: "granter-gone" }
  | { readonly kind: "permissions-lost"; readonly permissions: readonly Permission[] }
  | { readonly kind: "protected-group"; readonly code: string }
  | { readonly kind: "too-many-members"; readonly membersMax: number }
  | { readonly kind: "key-name-taken"; readonly name: string }
  | { readonly kind: "email-taken"; readonly email: string };
