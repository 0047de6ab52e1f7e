// The reasons for which the rules refuse a request. `api/http` has the status and the text of each.

import type { Permission } from "./access/permissions.ts";
import type { GivingUp, LineNotLeft } from "./order/give-up.ts";
import type { OrderStatus } from "./order/order-status.ts";
import type { UnrestockableLine } from "./order/restock.ts";
import type { UnreceivableLine } from "./receiving/receipt.ts";
import type { MovementKind } from "./stock/movement-kind.ts";

/** A fault of one value of a request. `pointer` is a JSON pointer into its body. */
export type Fault = { readonly pointer: string; readonly detail: string };

/** A requested SKU that another product, or one of its variants, has already. */
export type TakenSku = {
  readonly sku: string;
  /** SKU and name of that product. */
  readonly product: string;
  readonly productName: string;
  /** Whether a variant of that product has the SKU. */
  readonly isVariant: boolean;
  /** The JSON pointer to the SKU in the request; null if it is in the address. */
  readonly pointer: string | null;
};

/** Why an edit of a product can't set its counts. `path` is the JSON pointer to the object with the count. */
export type CountRefusal =
  | {
      readonly kind: "stale-count";
      readonly sku: string;
      /** Absent for an adjustment. */
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

/** What a request names by a key. */
type Resource =
  | "group"
  | "user"
  | "key"
  | "alert"
  | "mail"
  | "order"
  | "product"
  | "product type"
  | "product or variant"
  | "movement"
  | "receipt"
  | "expected delivery"
  | "webhook";

/** What a request would change. For products and their types, the answer names the key and the change. */
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

/** The reason why a request is refused, with the facts that its answer needs. */
export type Refusal =
  | { readonly kind: "unknown"; readonly what: Resource; readonly key: string }
  /** The request names a SKU as a product's, but a variant of `product` has it. */
  | { readonly kind: "variant-not-product"; readonly sku: string; readonly product: string }
  /** The change was made on an old version. */
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
  /** An adjustment would change `unitsInStock` to `unitsAfter`, which is below zero. */
  | {
      readonly kind: "adjustment-below-zero";
      readonly sku: string;
      readonly unitsInStock: number;
      readonly unitsAfter: number;
    }
  /** The movement belongs to an order, or was undone before. `by` is the movement that undid it. */
  | { readonly kind: "not-undoable"; readonly movement: MovementKind }
  | { readonly kind: "undone-before"; readonly id: string; readonly by: string }
  // Receipts and expected deliveries
  | { readonly kind: "not-receivable"; readonly lines: readonly UnreceivableLine[] }
  /** The reference belongs to another receipt or delivery. */
  | {
      readonly kind: "reference-taken";
      readonly what: "receipt" | "expected delivery";
      readonly reference: string;
    }
  | { readonly kind: "delivery-closed"; readonly reference: string }
  // Orders
  | {
      readonly kind: "wrong-status";
      /** The requested change: a status, to cancel or refund single lines, to restock units, or to mark it as paid. */
      readonly change: GivingUp | "lines" | "restock" | "paid";
      readonly status: OrderStatus;
    }
  /** More would be cancelled or refunded than is left of the order. */
  | {
      readonly kind: "not-left";
      readonly change: GivingUp;
      readonly lines: readonly LineNotLeft[];
    }
  /** These items were deleted, so no count could have their units if the order gave them up. */
  | { readonly kind: "no-count-for-restock"; readonly skus: readonly string[] }
  | { readonly kind: "not-restockable"; readonly lines: readonly UnrestockableLine[] }
  // Mails
  /** So many were written within an hour. There is room for the next after `waitSeconds`, at least 1. */
  | {
      readonly kind: "too-many-supplier-mails";
      readonly mailsMax: number;
      readonly waitSeconds: number;
    }
  // Webhooks
  | { readonly kind: "too-many-webhooks"; readonly webhooksMax: number }
  /** A disabled one has no place to keep or move. */
  | { readonly kind: "webhook-disabled"; readonly id: string }
  /** Events that it would have to send are no longer kept: those up to `oldest`. */
  | { readonly kind: "webhook-place-not-kept"; readonly id: string; readonly oldest: string }
  /** Its channel has no signatures. */
  | { readonly kind: "webhook-without-secret"; readonly id: string }
  // Who may do what
  | { readonly kind: "unknown-groups"; readonly codes: readonly string[] }
  | { readonly kind: "unknown-users"; readonly ids: readonly string[] }
  | { readonly kind: "beyond-granter"; readonly permissions: readonly Permission[] }
  | { readonly kind: "granter-gone" }
  | { readonly kind: "permissions-lost"; readonly permissions: readonly Permission[] }
  | { readonly kind: "protected-group"; readonly code: string }
  | { readonly kind: "too-many-members"; readonly membersMax: number }
  | { readonly kind: "key-name-taken"; readonly name: string }
  | { readonly kind: "email-taken"; readonly email: string }
  /** Only a person who may log in and has no password yet can be invited. */
  | { readonly kind: "has-password" }
  | { readonly kind: "person-disabled" };
