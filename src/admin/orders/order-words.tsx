// An order's status and the reasons of a rejection, in words.

import { Badge, Group, Text } from "@mantine/core";
import type { OrderReply } from "../../contract/orders.ts";
import { heldBackWords } from "../../domain/stock/stock-words.ts";
import { type OrderStatus as Status, mayBecome } from "../../domain/order/order-status.ts";
import { orderStatus as text } from "../words/en/orders/status.ts";
import { number } from "../words/numbers.ts";
import { partWords } from "./part-words.ts";

/** The label and colour of each status. */
export const statusLooks = {
  "awaiting-payment": { label: text.labels["awaiting-payment"], color: "gray" },
  pending: { label: text.labels.pending, color: "gray" },
  confirmed: { label: text.labels.confirmed, color: "teal" },
  rejected: { label: text.labels.rejected, color: "red" },
  cancelled: { label: text.labels.cancelled, color: "orange" },
  refunded: { label: text.labels.refunded, color: "orange" },
  expired: { label: text.labels.expired, color: "orange" },
} as const satisfies Record<Status, unknown>;

/** Whether it is open until when the order will be paid. */
export function isUnpaid({ status, payBy, paidAt }: OrderReply): boolean {
  if (status === "awaiting-payment") return true;
  return payBy !== null && paidAt === null && mayBecome(status, "expired");
}

/** An order's status. If it does not hold for all units, the text beside it says what became of how many. */
export function OrderStatus({ order }: { order: Pick<OrderReply, "status" | "lines"> }) {
  const { label, color } = statusLooks[order.status];
  const part = partWords(order);
  return (
    <Group gap={6} wrap="wrap">
      <Badge color={color} variant="light">
        {label}
      </Badge>
      {part !== null && (
        <Text span size="sm">
          {part}
        </Text>
      )}
    </Group>
  );
}

/** Why one stock holder could not fill an order. */
export function shortageWords(shortage: OrderReply["shortages"][number]): string {
  const { skus, reason, requested, available } = shortage;
  const items = skus.join(", ");
  const held = heldBackIn(shortage);
  switch (reason) {
    case "out-of-stock":
      // Orders that an earlier version rejected don't say how many units there were.
      if (shortage.unitsInStock === null) {
        return text.shortage.outOfStock(items, requested);
      }
      return held === null
        ? text.shortage.noneLeft(items, requested)
        : text.shortage.allHeldBack(items, requested, held);
    case "insufficient-stock":
      return text.shortage.tooFew(items, requested, available, held);
    case "no-longer-sold":
      return text.shortage.noLongerSold(items, requested);
  }
}

/** What a threshold held back when the order was decided; null if nothing. */
function heldBackIn(shortage: OrderReply["shortages"][number]): string | null {
  const { unitsInStock, heldBack, outOfStockAt } = shortage;
  if (unitsInStock === null || heldBack === null || outOfStockAt === null) return null;
  return heldBack === 0 ? null : heldBackWords({ unitsInStock, heldBack, outOfStockAt }, number);
}

/** The sum of the quantities of all lines. */
export function unitsOf({ lines }: Pick<OrderReply, "lines">): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The promised units that an order still waits for. */
export function unitsAwaited({ lines }: Pick<OrderReply, "lines">): number {
  return lines.reduce((sum, { preOrdered }) => sum + preOrdered, 0);
}
