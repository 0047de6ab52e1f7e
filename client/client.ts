// The client for shops, checkouts and other programs, in Node and in browsers; others import it as `tallyman/client`. It
// uses `fetch` and Web Crypto alone, and nothing of the service's code.

import { createProducts, type Products } from "./bulk.ts";
import { type EventFeed, type EventOptions, followEvents } from "./events.ts";
import { createOrders, type Orders } from "./orders.ts";
import { createSend } from "./send.ts";
import { type CheckAvailability, createAvailability, createStock, type Stock } from "./stock.ts";

export type { BulkOptions, Products, RefusedItem, SavedProduct } from "./bulk.ts";
export type { EventFeed, EventOptions } from "./events.ts";
export type {
  CallOptions,
  ChangeOptions,
  Orders,
  OrderShortage,
  PlacedOrder,
  WaitOptions,
} from "./orders.ts";
export {
  type ProblemDetail,
  TallymanPlaceGone,
  TallymanProblem,
  TallymanUnreachable,
} from "./problem.ts";
export type { CheckAvailability, Stock, StockAtPlace } from "./stock.ts";
export type * from "./bulk-types.ts";
export type * from "./types.ts";
export {
  type ReceivedWebhook,
  verifyWebhook,
  type WebhookFault,
  WebhookVerificationError,
} from "./webhook.ts";

/** Where the service is, and how it is asked. */
export type ClientOptions = {
  /** The service's address, without `/api/v1`. */
  readonly url: string;
  /** An API key, `tm_...`. Never put one into a page that customers load. */
  readonly key: string;
  /** What sends requests; the global `fetch` if left out. */
  readonly fetch?: typeof globalThis.fetch;
  /** How long one try may take, besides the time that the service was asked to wait; 15 seconds if left out. */
  readonly timeoutMs?: number;
  /** How often a request is sent again, if it failed in a way that passes; 7 if left out, which takes half a minute. */
  readonly retries?: number;
};

/**
 * A client of one service. Every call sends its request again if the connection breaks, if the service is busy or fails
 * (408, 425, 429, 5xx), and nothing is done twice for that. Calls reject with a `TallymanProblem` if the service refuses,
 * with a `TallymanUnreachable` if it can't be reached.
 */
export type Client = {
  readonly orders: Orders;
  readonly stock: Stock;
  readonly products: Products;
  readonly availability: CheckAvailability;
  /**
   * Follows events: each once, in order, and it goes on until you break or abort it, also while the service restarts.
   * Throws a `TallymanPlaceGone` if the feed does not have the place: its events are no longer kept, or it was restored.
   */
  events(options?: EventOptions): EventFeed;
};

/** Creates a client. Throws a `TypeError` if the address is none. It connects when it is used. */
export function createClient(options: ClientOptions): Client {
  const { url, key, fetch = globalThis.fetch } = options;
  const { timeoutMs = 15_000, retries = 7 } = options;
  const send = createSend({ url: new URL(url).href, key, fetch, timeoutMs, retries });
  return {
    orders: createOrders(send),
    stock: createStock(send),
    products: createProducts(send),
    availability: createAvailability(send),
    events: (which = {}) => followEvents(send, which),
  };
}
