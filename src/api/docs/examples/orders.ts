// Examples of orders and of what can be ordered.

import type { Examples } from "./example.ts";

const confirmed = { id: { idOf: ["placeOrder", "decided"] } } as const;
const lines = [
  { sku: "TEA-EARL", quantity: 2 },
  { sku: "MUG-STONE-SEA", quantity: 1 },
];

/** Examples of the operations of checkouts and storefronts. */
export const orderExamples: Examples = {
  readAvailability: {
    items: {
      summary: "Three items",
      query: "?sku=TEA-EARL&sku=MUG-STONE-SEA&sku=KETTLE-GOOSE",
      status: 200,
    },
  },
  checkAvailability: {
    cart: { summary: "A cart before its checkout", body: { lines }, status: 200 },
    short: {
      summary: "A cart with more than there is",
      body: { lines: [{ sku: "WHISK-BAMBOO", quantity: 500 }] },
      status: 200,
    },
  },
  placeOrder: {
    decided: {
      summary: "Wait for the decision",
      headers: { Prefer: "wait=20" },
      body: {
        reference: "SO-1001",
        lines,
        customer: { id: "C-17", name: "Ada", email: "ada@example.com" },
        note: "Leave at the door",
      },
      status: 201,
    },
    accepted: {
      summary: "Do not wait",
      body: { reference: "SO-1002", lines: [{ sku: "BOX-GIFT-RED", quantity: 1 }] },
      status: 202,
    },
    again: {
      summary: "The same order once more",
      body: { reference: "SO-1001", lines },
      status: 200,
    },
  },
  placeBulk: {
    two: {
      summary: "Two orders, one of them with an unknown item",
      body: {
        orders: [
          { reference: "SO-1003", lines: [{ sku: "MATCHA-30", quantity: 1 }] },
          { reference: "SO-1004", lines: [{ sku: "MATCHA-40", quantity: 1 }] },
        ],
      },
      status: 200,
    },
  },
  readOrder: { one: { summary: "One order", path: confirmed, status: 200 } },
  listOrders: {
    byReference: { summary: "By its reference", query: "?reference=SO-1001", status: 200 },
    byWords: {
      summary: "By words, with the number of orders",
      query: "?customer=ada&item=earl&count=true",
      status: 200,
    },
  },
  payOrder: {
    paid: { summary: "An order is paid", path: confirmed, body: { note: "Card" }, status: 200 },
  },
  cancelOrder: {
    line: {
      summary: "One unit, back into stock",
      path: confirmed,
      body: { lines: [{ sku: "TEA-EARL", quantity: 1 }], restock: true, note: "Ordered twice" },
      status: 200,
    },
  },
  refundOrder: {
    rest: {
      summary: "All that is left of the order",
      path: confirmed,
      body: { note: "Changed their mind" },
      status: 200,
    },
  },
  restockOrder: {
    line: {
      summary: "One unit that was sent back",
      path: confirmed,
      body: {
        lines: [{ sku: "MUG-STONE-SEA", quantity: 1 }],
        reason: "return",
        note: "As new",
      },
      status: 200,
    },
  },
  search: {
    all: { summary: "Everything with a word in its name", query: "?q=earl&limit=3", status: 200 },
    orders: {
      summary: "An order by its reference",
      query: "?q=SO-1001&kinds=order",
      status: 200,
    },
  },
  exportOrders: { file: { summary: "The file", query: "?reference=SO-1001", status: 200 } },
  forgetCustomer: {
    one: { summary: "By email", path: { customer: "ada@example.com" }, status: 200 },
  },
};
