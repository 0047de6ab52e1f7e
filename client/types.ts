// What is sent to the service and answered by it. Later versions of the service may answer more fields.

/** The state of an order. `awaiting-payment`: it takes its stock once it is paid. */
export type OrderStatus =
  | "awaiting-payment"
  | "pending"
  | "confirmed"
  | "rejected"
  | "cancelled"
  | "refunded"
  | "expired";

/** Units of an item. */
export type Line = { readonly sku: string; readonly quantity: number };

/** An order to place. */
export type NewOrder = {
  /** The checkout's order number. The same reference is the same order, however often it is sent. */
  readonly reference: string;
  readonly lines: readonly Line[];
  /** Whom it is for, with any fields; it is only shown. */
  readonly customer?: Readonly<Record<string, unknown>> | undefined;
  readonly note?: string | null | undefined;
  /** Until when it is to be paid, in RFC 3339. Unpaid by then, it expires. */
  readonly payBy?: string | undefined;
};

/** A line of an order. */
export type OrderLine = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Units taken from stock. */
  readonly allocated: number;
  /** Promised units that still wait for stock. */
  readonly preOrdered: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly restocked: number;
  /** Units that may still be put back. */
  readonly restockable: number;
};

/** Why an order was rejected: the stock of some of its SKUs was short. */
export type Shortage = {
  readonly skus: readonly string[];
  readonly reason: "out-of-stock" | "insufficient-stock" | "no-longer-sold";
  readonly requested: number;
  /** What can be had. */
  readonly available: number;
  readonly unitsInStock: number | null;
  /** Units in stock that a threshold held back. */
  readonly heldBack: number | null;
  /** That threshold. */
  readonly outOfStockAt: number | null;
};

/** An entry of an order's log. */
export type OrderLogEntry = {
  readonly status: string;
  readonly at: string;
  readonly actor: string;
  readonly note: string | null;
  readonly lines: readonly Line[] | null;
};

/** An order. Times are in RFC 3339, UTC. */
export type Order = {
  readonly id: string;
  readonly reference: string;
  readonly status: OrderStatus;
  readonly acceptedAt: string;
  readonly decidedAt: string | null;
  readonly payBy: string | null;
  /** If the order is rejected and has this, it was paid and has to be refunded. */
  readonly paidAt: string | null;
  readonly customer: Readonly<Record<string, unknown>> | null;
  readonly note: string | null;
  readonly lines: readonly OrderLine[];
  readonly shortages: readonly Shortage[];
  readonly jobId: string;
  readonly statusLog: readonly OrderLogEntry[];
};

/** Why a count changes. */
export type StockReason =
  | "count"
  | "receipt"
  | "return"
  | "found"
  | "damage"
  | "loss"
  | "theft"
  | "correction";

/** What to cancel or refund. */
export type GivenUp = {
  /** Units of the order; all that is left of it if left out. */
  readonly lines?: readonly Line[] | undefined;
  /** Whether units that were taken go back to stock at once; the store's setting if left out. */
  readonly restock?: boolean | undefined;
  readonly reason?: StockReason | undefined;
  readonly note?: string | undefined;
};

/** What to put back to stock, of units that were cancelled or refunded. */
export type Restock = {
  readonly lines: readonly Line[];
  readonly reason?: StockReason | undefined;
  readonly note?: string | undefined;
};

/** That an order was paid. */
export type Payment = {
  /** Whether an expired order is taken once more, if it can be had. */
  readonly retake?: boolean | undefined;
  readonly note?: string | undefined;
};

/** Whether an order of these lines would be accepted now. Nothing is reserved. */
export type CheckedAvailability = {
  readonly acceptable: boolean;
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    readonly acceptable: boolean;
    /** Why it is not acceptable. */
    readonly code:
      | "unknown-sku"
      | "disabled"
      | "variant-required"
      | "out-of-stock"
      | "insufficient-stock"
      | null;
    /** What can be had, for all lines with the same stock together; null: no limit. */
    readonly available: number | null;
    readonly unitsInStock: number | null;
    readonly heldBack: number;
    /** Units that would be promised without stock. */
    readonly preOrdered: number;
  }[];
};

/** The stock of one item. */
export type StockLevel = {
  readonly sku: string;
  /** The item whose units are counted: a variant without its own stock uses its product's. */
  readonly holder: { readonly kind: "product" | "variant"; readonly sku: string };
  readonly unitsInStock: number;
  readonly stockAlertThreshold: number | null;
  readonly outOfStockThreshold: number | null;
  readonly outOfStock: boolean;
  /** Units that can be ordered now; null: no limit. */
  readonly available: number | null;
  readonly heldBack: number;
  readonly stockState: "in-stock" | "low" | "held-back" | "none-left";
  /** What is expected from suppliers. */
  readonly incoming: { readonly units: number; readonly nextAt: string } | null;
};

/** A change of one count: `delta` adds or removes units, `set` is the new count. */
export type Adjustment = (
  | { readonly delta: number; readonly set?: undefined }
  | { readonly set: number; readonly delta?: undefined }
) & {
  /** The count that you have read. If it has changed since then, the change is refused. */
  readonly expectedUnits?: number | undefined;
  readonly kind?: "adjustment" | "receipt" | "import" | undefined;
  readonly reason?: StockReason | undefined;
  readonly note?: string | undefined;
};

/** A count after a change. */
export type AdjustedStock = Omit<StockLevel, "incoming"> & {
  /** The entry in the ledger; null if the count was that already. */
  readonly movement: Movement | null;
};

/** An entry of the ledger. */
export type Movement = {
  readonly id: string;
  readonly kind:
    | "sale"
    | "allocation"
    | "release"
    | "restock"
    | "adjustment"
    | "receipt"
    | "import";
  readonly change: number;
  readonly unitsAfter: number;
  readonly at: string;
  readonly actor: string | null;
  readonly reason: StockReason | null;
  readonly note: string | null;
  /** The `X-Request-Id` of the request that caused it. */
  readonly requestId: string | null;
  readonly order: { readonly id: string; readonly reference: string } | null;
  /** What somebody counted; null if the count was not set by a counting. */
  readonly countedUnits: number | null;
  /** The id of the movement that this one undid. */
  readonly undoes: string | null;
  /** The id of the movement that undid this one. */
  readonly undoneBy: string | null;
};

/** An event: something that changed. */
export type TallymanEvent = {
  /** The place of the event in the order of all events. */
  readonly id: string;
  /** Such as `order.confirmed` or `stock.changed`. */
  readonly type: string;
  readonly at: string;
  readonly actor: string | null;
  /** The `X-Request-Id` of the request that caused it. */
  readonly requestId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
};
