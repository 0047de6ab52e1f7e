// The texts for an order's status and for the reasons of a rejection.

import { Badge, Group, Text } from "@mantine/core";
import type { OrderReply } from "../../contract/orders.ts";
import { heldBackWords } from "../../domain/stock/stock-words.ts";
import { type OrderStatus as Status, mayBecome } from "../../domain/order/order-status.ts";
import { count, number } from "../words/numbers.ts";
import { partWords } from "./part-words.ts";

/** The label and colour of each status. */
export const statusLooks = {
  "awaiting-payment": { label: "Awaiting payment", color: "gray" },
  pending: { label: "Pending", color: "gray" },
  confirmed: { label: "Confirmed", color: "teal" },
  rejected: { label: "Rejected", color: "red" },
  cancelled: { label: "Cancelled", color: "orange" },
  refunded: { label: "Refunded", color: "orange" },
  expired: { label: "Expired", color: "orange" },
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
        return `${items} was out of stock; ${count(requested, "unit")} ordered.`;
      }
      return held === null
        ? `${items}: none left; ${count(requested, "unit")} ordered.`
        : `${items} was not sold: ${held}; ${count(requested, "unit")} ordered.`;
    case "insufficient-stock":
      return `${items}: ${number(requested)} ordered, ${number(available)} available${held === null ? "" : ` (${held})`}.`;
    case "no-longer-sold":
      return `${items} was deleted or hidden before the order was decided; ${count(requested, "unit")} ordered.`;
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
