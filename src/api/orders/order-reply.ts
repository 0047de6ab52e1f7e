// Turns a stored order into its reply, and a rejected one into its problem.

import type { StoredOrder } from "../../db/orders/read-orders.ts";
import { heldBackWords } from "../../domain/stock/stock-words.ts";
import { restockable } from "../../domain/order/line-units.ts";
import { Problem } from "../http/problem.ts";
import type { OrderReply } from "../../contract/orders.ts";

/** An order as `GET` and lists reply with it. */
export function toOrderReply(order: StoredOrder): OrderReply {
  const { id, reference, status, customer, note } = order;
  return {
    id,
    reference,
    status,
    acceptedAt: order.acceptedAt.toISOString(),
    decidedAt: order.decidedAt?.toISOString() ?? null,
    payBy: order.payBy?.toISOString() ?? null,
    paidAt: order.paidAt?.toISOString() ?? null,
    customer,
    note,
    lines: order.lines.map(({ released, ...line }) => ({
      ...line,
      restockable: restockable({ ...line, released }),
    })),
    jobId: order.jobId,
    shortages: order.shortages.map((shortage) => ({ ...shortage, skus: [...shortage.skus] })),
    statusLog: order.statusLog.map((entry) => ({
      ...entry,
      at: new Date(entry.at).toISOString(),
      lines: entry.lines === null ? null : [...entry.lines],
    })),
  };
}

/** The problem of a rejected order: each line that is short of units, and how many are available. */
export function rejectionOf(order: StoredOrder): Problem {
  const errors = order.lines.flatMap((line, index) => {
    const shortage = order.shortages.find(({ skus }) => skus.includes(line.sku));
    if (shortage === undefined) return [];
    const { skus: _skus, reason, ...counts } = shortage;
    const detail = `${line.sku}${shortageDetail(shortage)}`;
    return [{ pointer: `/lines/${index}`, detail, sku: line.sku, code: reason, ...counts }];
  });
  const { id: orderId, reference, status: orderStatus } = order;
  const refundDue = order.paidAt !== null;
  const advice = refundDue ? "It was paid: give the payment back. " : "";
  return new Problem(
    "out-of-stock",
    `The order took nothing: ${errors.length} of its ${order.lines.length} lines could not be served. ${advice}Send what can be had as a new order with a new reference.`,
    {
      errors,
      extra: { orderId, reference, orderStatus, ...(refundDue ? { refundDue } : {}) },
    },
  );
}

function shortageDetail(shortage: StoredOrder["shortages"][number]): string {
  const { reason, requested, available } = shortage;
  const because = heldBackIn(shortage);
  switch (reason) {
    case "out-of-stock":
      return because === null ? " is out of stock." : ` is out of stock: ${because}.`;
    case "insufficient-stock":
      return `: ${requested} wanted in all, ${available} available${because === null ? "" : ` (${because})`}.`;
    case "no-longer-sold":
      return " is no longer sold: it was taken out of the catalogue after the order was accepted.";
  }
}

/** What a threshold held back, in words; null if nothing. */
function heldBackIn(shortage: StoredOrder["shortages"][number]): string | null {
  const { unitsInStock, heldBack, outOfStockAt } = shortage;
  if (unitsInStock === null || heldBack === null || outOfStockAt === null) return null;
  return heldBack === 0 ? null : heldBackWords({ unitsInStock, heldBack, outOfStockAt }, String);
}
