// Every type of event, and when it is written.

/** Types of events, in the order in which they are documented, with what happened. */
export const eventTypes = {
  "order.confirmed": "The order has its units.",
  "order.rejected": "The order fell short, and has nothing.",
  "order.paid": "The order was paid.",
  "order.cancelled": "The order, or some of its units, was cancelled.",
  "order.refunded": "The order, or some of its units, was refunded.",
  "order.restocked": "Units of the order were put back into stock.",
  "order.allocated": "Units that came in went to the order, which had waited for them.",
  "order.ready": "The order waits for no units any more.",
  "order.expired": "The order was not paid in time, and its units are free again.",
  "stock.changed":
    "A count changed, for any cause. `unitsBefore` is `unitsAfter` of the last such event of the SKU.",
  "stock.low": "A holder is low from now on: it fell to its stock alert threshold.",
  "stock.out": "A holder is out from now on: nothing more of it is sold, or nothing is left.",
  "stock.backInStock": "A holder that was out can be sold again.",
  "stock.recovered": "A holder that was low or out is above its limit again.",
  "shop.productOutOfStock": "A product went out of stock.",
  "shop.variantOutOfStock": "A variant went out of stock.",
  "product.created": "A product was created.",
  "product.updated":
    "Settings of a product or its variants changed. An edit that changes nothing writes none.",
  "product.deleted": "A product was deleted.",
} as const;
