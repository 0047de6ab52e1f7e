// The dialog's form that cancels or refunds an order, or units of it. At first, it has everything that is left.

import { Button, Checkbox, Group, Stack, Text, Textarea } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { unitsLeft } from "../../domain/order/line-units.ts";
import type { GivingUp } from "../../domain/order/give-up.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { useSession } from "../session/session.ts";
import { count } from "../words/numbers.ts";
import { itemsLeft, QuantityFields } from "./quantity-fields.tsx";
import { type PutBackReason, ReasonField } from "./reason-field.tsx";
import { useOrderChange } from "./use-order-change.ts";
import { useQuantities } from "./use-quantities.ts";

type GiveUpFormProps = {
  readonly order: OrderReply;
  readonly to: GivingUp;
  readonly onDone: () => void;
};

const words = {
  cancelled: {
    action: "cancel",
    whole: "Cancel the order",
    part: (total: number) => `Cancel ${count(total, "unit")}`,
    back: "Keep the order",
  },
  refunded: {
    action: "refund",
    whole: "Mark as refunded",
    part: (total: number) => `Mark ${count(total, "unit")} as refunded`,
    back: "Cancel",
  },
} as const;

/** The form. Only a confirmed order has lines to choose from. */
export function GiveUpForm({ order, to, onDone }: GiveUpFormProps) {
  const { action, whole, part, back } = words[to];
  const { restockOnReturn } = useSession();
  // Fixed when the form opens, because a repeated request must be the same request.
  const [items] = useState(() => (order.status === "confirmed" ? itemsLeft(order, unitsLeft) : []));
  const [note, setNote] = useState("");
  const [restock, setRestock] = useState(restockOnReturn);
  const [reason, setReason] = useState<PutBackReason>("return");
  const fields = useQuantities(items, `can be ${to}`);
  const isWhole = items.every(({ sku, left }) => fields.quantities[sku] === left);
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    const done = isWhole ? ` is ${to}.` : `: ${count(fields.total, "unit")} ${to}.`;
    notifyDone(`Order ${order.reference}${done}`);
    onDone();
  });
  const faults = fields.faultsWith(problem);
  const canComeBack = items.length > 0 && order.lines.some(({ allocated }) => allocated > 0);
  const isDeleted = problem?.errors.some(({ pointer }) => pointer === "/restock") ?? false;

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (items.length > 0 && !fields.check()) return;
    change(action, {
      ...(items.length > 0 ? { lines: fields.lines } : {}),
      ...(canComeBack ? { restock, ...(restock ? { reason } : {}) } : {}),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    });
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{introOf(order)}</Text>
        <QuantityFields items={items} canBe={`can be ${to}`} {...fields} faults={faults} />
        {canComeBack && (
          <Checkbox
            label="Put the units back to stock"
            description={
              restock
                ? "Only units that were taken from stock go back. Check that they are there."
                : "If units come back later, you can restore them then."
            }
            checked={restock}
            onChange={(event) => setRestock(event.currentTarget.checked)}
            error={isDeleted && restock ? deletedWords : null}
          />
        )}
        {canComeBack && restock && <ReasonField value={reason} onChange={setReason} />}
        <Textarea
          label="Note"
          description="Shown in the order's status log."
          value={note}
          onChange={(event) => setNote(event.currentTarget.value.replaceAll("\n", " "))}
          maxLength={500}
          autosize
          minRows={2}
          data-autofocus
        />
        {problem !== null && faults.size === 0 && (
          <FailureNotice
            problem={problem}
            others={isDeleted ? [] : problem.errors.map(({ words: sentence }) => sentence)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {back}
          </Button>
          <Button
            type="submit"
            color="red.9"
            loading={isSending}
            disabled={
              items.length > 0 && (fields.isTooMuch || (fields.total === 0 && !fields.isUnread))
            }
          >
            {isWhole || fields.isUnread ? whole : part(fields.total)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const deletedWords =
  "Some of these items were deleted, so there is no count for their units. Clear this box, or create the products again first.";

function introOf({ status }: OrderReply): string {
  return status === "confirmed"
    ? "Enter how many units of each item. Set an item to 0 to keep it in the order."
    : "The order has taken no stock yet and will take none.";
}
