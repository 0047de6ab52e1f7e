// Why a request is refused, as facts. Each rule that refuses has a fact here, and `api/http` has the words and the
// status for each: what can be refused is read in one place, and what is answered in another.

import type { Permission } from "./access/permissions.ts";
import type { OrderStatus } from "./order/order-status.ts";
import type { UnrestockableLine } from "./order/restock.ts";

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

/** Why an edit of a product can't set its counts. `path` is the JSON pointer to the object that a count stands in. */
export type CountRefusal =
  | {
      readonly kind: "stale-count";
      readonly sku: string;
      /** Absent if the count is that of an adjustment. */
      readonly path?: string;
      readonly expectedUnits: number;
      readonly unitsInStock: number;
    }
  | { readonly kind: "count-below-zero"; readonly path: string; readonly unitsInStock: number }
  /** Negative stock can't be forbidden while these counts are below zero. */
  | {
      readonly kind: "stock-below-zero";
      readonly items: readonly { readonly sku: string; readonly unitsInStock: number }[];
    };

/** What a request asks for by its key. */
type Resource =
  | "group"
  | "user"
  | "key"
  | "mail"
  | "order"
  | "product"
  | "product type"
  | "product or variant";

/** What was to be changed. Of what the catalogue has, the answer says what it is and what was to become of it. */
export type Versioned =
  | "group"
  | "user"
  | "mail template"
  | "store"
  | {
      readonly what: "product" | "product type";
      readonly key: string;
      readonly change: "save" | "delete";
    };

/** One reason why a request is refused, with what somebody needs to know to do better. */
export type Refusal =
  | { readonly kind: "unknown"; readonly what: Resource; readonly key: string }
  /** A SKU was asked for as a product's; it is that of a variant of `product`. */
  | { readonly kind: "variant-not-product"; readonly sku: string; readonly product: string }
  /** A change was based on a version that is no longer the current one. */
  | { readonly kind: "stale-version"; readonly of: Versioned }
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  // Products and their types
  /** In the order of the request. */
  | { readonly kind: "skus-taken"; readonly skus: readonly TakenSku[] }
  | { readonly kind: "default-type"; readonly code: string }
  | { readonly kind: "type-in-use"; readonly code: string; readonly products: number }
  // Counts
  | { readonly kind: "not-tracked"; readonly sku: string }
  | CountRefusal
  /** An adjustment would make `unitsAfter`, below zero, of `unitsInStock`. */
  | {
      readonly kind: "adjustment-below-zero";
      readonly sku: string;
      readonly unitsInStock: number;
      readonly unitsAfter: number;
    }
  // Orders
  | {
      readonly kind: "wrong-status";
      /** What was asked for: a status, or to put units back. */
      readonly change: "cancelled" | "refunded" | "restock";
      readonly status: OrderStatus;
    }
  | { readonly kind: "not-restockable"; readonly lines: readonly UnrestockableLine[] }
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
