// Orders: place, read, pay, cancel, refund, put back.

import { TallymanProblem } from "./problem.ts";
import { bodyOf, replyWith, sendFor } from "./replies.ts";
import type { Reply, Request, Send } from "./send.ts";
import type { GivenUp, NewOrder, Order, OrderStatus, Payment, Restock } from "./types.ts";

/** Options of every call. */
export type CallOptions = {
  /** Ends the call: it rejects with the signal's reason. The service may still do what was asked. */
  readonly signal?: AbortSignal | undefined;
};

/** Options of calls for which the service may wait. */
export type WaitOptions = CallOptions & {
  /** For how many seconds the service waits for the decision, at most 30; 0 if left out. */
  readonly wait?: number | undefined;
};

/** Options of calls that change something by each request. */
export type ChangeOptions = CallOptions & {
  /**
   * Names the change: with the same key it is made once. Each call makes one, and keeps it over its retries. Give your
   * own to repeat a call after your program has stopped.
   */
  readonly idempotencyKey?: string | undefined;
};

/** What became of an order. */
export type PlacedOrder = {
  readonly id: string;
  readonly reference: string;
  /** `pending` if it is not decided yet: it is stored, and will be. */
  readonly status: OrderStatus;
  /** The whole order; null if the service did not wait for its decision, or rejected it. */
  readonly order: Order | null;
  /** What could not be had, if it was rejected while the service waited. The order has taken nothing then. */
  readonly shortages: readonly OrderShortage[];
  /** Whether it was paid before it was rejected, so that the payment has to be given back. */
  readonly refundDue: boolean;
};

/** A line that an order was rejected for. */
export type OrderShortage = {
  readonly sku: string;
  /** Such as `out-of-stock` or `insufficient-stock`. */
  readonly code: string;
  /** The units that were wanted of that stock in all. */
  readonly requested: number;
  /** The units that can be had. */
  readonly available: number;
  /** All of it as a sentence. */
  readonly detail: string;
};

/** What a checkout or an ERP does with orders. */
export type Orders = {
  /**
   * Places an order. It may be called again with the same order at any time: its reference makes it one order. Resolves
   * if the order was stored, also if it is rejected for lack of stock. Rejects with a `TallymanProblem` if it can't be
   * placed, such as for a SKU that nobody knows.
   */
  place(order: NewOrder, options?: WaitOptions): Promise<PlacedOrder>;
  get(id: string, options?: CallOptions): Promise<Order>;
  /** Reports that it was paid. However often it is called, it takes effect once. */
  pay(id: string, payment?: Payment, options?: WaitOptions): Promise<PlacedOrder>;
  /** Cancels the order, or lines of it. Resolves with the order as it is then. */
  cancel(id: string, what?: GivenUp, options?: ChangeOptions): Promise<Order>;
  /** Marks the order, or lines of it, as refunded. */
  refund(id: string, what?: GivenUp, options?: ChangeOptions): Promise<Order>;
  /** Puts units back to stock that were cancelled or refunded. */
  restock(id: string, what: Restock, options?: ChangeOptions): Promise<Order>;
};

type Stored = Pick<PlacedOrder, "id" | "reference" | "status">;

const isStored = replyWith<Stored>("id", "reference", "status");
const isOrder = replyWith<Order>("id", "reference", "status", "lines", "statusLog");
const isShortage = replyWith<OrderShortage>("sku", "code", "requested", "available", "detail");

/** Creates the calls about orders. */
export function createOrders(send: Send): Orders {
  const change = (id: string, act: string, body: object, options: ChangeOptions) => {
    const path = `/orders/${encodeURIComponent(id)}/${act}`;
    return sendFor(send, changeRequest(path, body, options), isOrder);
  };
  return {
    place: (order, options) => decide(send, "/orders", order, options),
    get: (id, { signal } = {}) =>
      sendFor(send, { method: "GET", path: `/orders/${encodeURIComponent(id)}`, signal }, isOrder),
    pay: (id, payment = {}, options = {}) =>
      decide(send, `/orders/${encodeURIComponent(id)}/pay`, payment, options),
    cancel: (id, what = {}, options = {}) => change(id, "cancel", what, options),
    refund: (id, what = {}, options = {}) => change(id, "refund", what, options),
    restock: (id, what, options = {}) => change(id, "restock", what, options),
  };
}

/** A request that is done once, however often it is sent. */
export function changeRequest(path: string, body: object, options: ChangeOptions): Request {
  const { idempotencyKey = crypto.randomUUID(), signal } = options;
  return { method: "POST", path, body, headers: { "Idempotency-Key": idempotencyKey }, signal };
}

/** Sends a request that may decide an order. */
async function decide(
  send: Send,
  path: string,
  body: object,
  { wait = 0, signal }: WaitOptions = {},
): Promise<PlacedOrder> {
  const headers = wait > 0 ? { Prefer: `wait=${wait}` } : undefined;
  const request = { method: "POST", path, body, headers, waitSeconds: wait, signal } as const;
  try {
    return placedOf(await send(request));
  } catch (error) {
    if (error instanceof TallymanProblem && error.kind === "out-of-stock") return rejectedOf(error);
    throw error;
  }
}

function placedOf(reply: Reply): PlacedOrder {
  const { id, reference, status } = bodyOf(reply, isStored);
  const order = isOrder(reply.body) ? reply.body : null;
  return { id, reference, status, order, shortages: [], refundDue: false };
}

function rejectedOf({ fields, errors }: TallymanProblem): PlacedOrder {
  return {
    id: String(fields["orderId"]),
    reference: String(fields["reference"]),
    status: "rejected",
    order: null,
    shortages: errors.filter((error) => isShortage(error)),
    refundDue: fields["refundDue"] === true,
  };
}
