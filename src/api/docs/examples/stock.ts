// Examples of counts, deliveries, alerts, events and reports.

import type { Examples } from "./example.ts";

const expected = {
  reference: "PO-1207",
  supplier: "Potters Ltd",
  expectedAt: "2030-12-03T12:00:00Z",
  lines: [
    { sku: "MUG-STONE-SEA", units: 60 },
    { sku: "TEAPOT-IRON", units: 10 },
  ],
};

const received = {
  reference: "DN-4711",
  supplier: "Potters Ltd",
  expectedDelivery: "PO-1207",
  lines: [{ sku: "MUG-STONE-SEA", units: 48 }],
};

/** Examples of the operations of a stockroom. */
export const stockExamples: Examples = {
  readStock: { one: { summary: "One level", path: { sku: "MUG-STONE-SEA" }, status: 200 } },
  listStock: {
    some: { summary: "Two levels", query: "?sku=TEA-EARL&sku=MATCHA-30", status: 200 },
    all: {
      summary: "All levels, one on each line",
      headers: { Accept: "application/x-ndjson" },
      status: 200,
    },
  },
  adjustStock: {
    damage: {
      summary: "Two units were broken",
      path: { sku: "TEAPOT-IRON" },
      body: { delta: -2, reason: "damage", note: "Dropped while unpacking" },
      status: 201,
    },
    count: {
      summary: "A count that rests on what was read",
      path: { sku: "SCOOP-BRASS" },
      body: { set: 18, expectedUnits: 20, note: "Shelf 3" },
      status: 201,
    },
    unchanged: {
      summary: "A count that was right",
      path: { sku: "SCOOP-BRASS" },
      body: { set: 18 },
      status: 200,
    },
  },
  adjustStockInBulk: {
    counts: {
      summary: "Two counts",
      body: {
        adjustments: [
          { sku: "CARAFE-COLD", set: 28 },
          { sku: "FILTER-PAPER", delta: -2, reason: "damage" },
        ],
      },
      status: 200,
    },
  },
  listMovements: {
    latest: {
      summary: "The latest entries",
      path: { sku: "SCOOP-BRASS" },
      query: "?limit=2",
      status: 200,
    },
  },
  undoMovement: {
    latest: {
      summary: "A count that was wrong",
      path: { sku: "SCOOP-BRASS", id: { idOf: ["listMovements", "latest"] } },
      body: { note: "Two were on another shelf" },
      status: 201,
    },
  },
  readStockHistory: {
    days: { summary: "How a count went", path: { sku: "SCOOP-BRASS" }, status: 200 },
  },
  exportStock: { file: { summary: "The file", status: 200 } },
  exportMovements: { file: { summary: "The file", query: "?sku=SCOOP-BRASS", status: 200 } },
  announceDelivery: {
    new: {
      summary: "A supplier will send something",
      body: expected,
      status: 201,
    },
    again: { summary: "The same once more", body: expected, status: 200 },
  },
  changeDelivery: {
    later: {
      summary: "It comes a week later",
      path: { reference: "PO-1207" },
      body: { expectedAt: "2030-12-10T12:00:00Z" },
      status: 200,
    },
  },
  receive: {
    delivery: {
      summary: "A part of an expected delivery has come",
      body: received,
      status: 201,
    },
    again: { summary: "The same once more", body: received, status: 200 },
    file: {
      summary: "Lines as a CSV file",
      body: { reference: "DN-4712", csv: "sku,units\nTEA-SENCHA-50,40\nTEA-SENCHA-100,20\n" },
      status: 201,
    },
  },
  readReceipt: { one: { summary: "One receipt", path: { reference: "DN-4711" }, status: 200 } },
  listReceipts: { latest: { summary: "The latest receipts", query: "?limit=2", status: 200 } },
  readDelivery: {
    one: { summary: "One expected delivery", path: { reference: "PO-1207" }, status: 200 },
  },
  listDeliveries: { open: { summary: "What is on its way", status: 200 } },
  closeDelivery: {
    rest: {
      summary: "The rest will not come",
      path: { reference: "PO-1207" },
      body: { reason: "12 mugs were broken and credited, the teapots are sold out" },
      status: 200,
    },
  },
  listAlerts: { open: { summary: "What is low or out", query: "?limit=2", status: 200 } },
  noteAlert: {
    ordered: {
      summary: "Ordered, and quiet until it comes",
      path: { id: { idOf: ["listAlerts", "open"] } },
      body: { note: "ordered, expected on 3 December", snoozedUntil: "2030-12-03T08:00:00Z" },
      status: 200,
    },
  },
  listReaders: {
    one: {
      summary: "Who is told of an alert",
      path: { id: { idOf: ["listAlerts", "open"] } },
      status: 200,
    },
  },
  exportAlerts: { file: { summary: "The file", status: 200 } },
  listEvents: {
    first: { summary: "Changes of one item", query: "?sku=SCOOP-BRASS&limit=2", status: 200 },
  },
  listRejectedItems: {
    day: { summary: "The last 24 hours", query: "?hours=24", status: 200 },
  },
  readOverview: { now: { summary: "What needs attention", status: 200 } },
  listPreOrders: { all: { summary: "All that is promised", status: 200 } },
  listWaitingOrders: {
    one: { summary: "Who waits for an item", path: { sku: "KETTLE-GOOSE" }, status: 200 },
  },
  readOutlook: {
    one: { summary: "Of one product", path: { sku: "TEA-EARL" }, status: 200 },
  },
  listRunningOut: {
    soon: {
      summary: "What lasts two months, if a delivery takes ten days",
      query: "?days=60&leadDays=10&limit=2",
      status: 200,
    },
  },
  exportReorder: {
    file: { summary: "The file", query: "?days=60&leadDays=10", status: 200 },
  },
  readSuggestedThresholds: {
    one: { summary: "Of one product", path: { sku: "MUG-STONE" }, status: 200 },
  },
};
