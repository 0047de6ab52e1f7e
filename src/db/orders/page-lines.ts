// The limit of a page of orders or events, which carry all lines of their orders.

/**
 * The most order lines of one page, some two megabytes. An order has up to a thousand lines. A page of two hundred such
 * orders would slow down all other requests and fill the client's memory.
 */
export const pageLinesMax = 20_000;
