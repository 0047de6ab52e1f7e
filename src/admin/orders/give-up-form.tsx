// The dialog's form that cancels or refunds an order, or units of it. At first, it has everything that is left.

import { Button, Checkbox, Group, Stack, Text, Textarea } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { unitsLeft } from "../../domain/order/line-units.ts";
import type { GivingUp } from "../../domain/order/give-up.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { useSession } from "../session/session.ts";
import { orderChanges as text } from "../words/en/orders/changes.ts";
import { itemsLeft, QuantityFields } from "./quantity-fields.tsx";
import { type PutBackReason, ReasonField } from "./reason-field.tsx";
import { useOrderChange } from "./use-order-change.ts";
import { useQuantities } from "./use-quantities.ts";

type GiveUpFormProps = {
  readonly order: OrderReply;
  readonly to: GivingUp;
  readonly onDone: () => void;
};

const actions = { cancelled: "cancel", refunded: "refund" } as const;

/** The form. Only a confirmed order has lines to choose from. */
export function GiveUpForm({ order, to, onDone }: GiveUpFormProps) {
  const { whole, part, back, done, partDone } = text.giveUp[to];
  const { restockOnReturn } = useSession();
  // Fixed when the form opens, because a repeated request must be the same request.
  const [items] = useState(() => (order.status === "confirmed" ? itemsLeft(order, unitsLeft) : []));
  const [note, setNote] = useState("");
  const [restock, setRestock] = useState(restockOnReturn);
  const [reason, setReason] = useState<PutBackReason>("return");
  const fields = useQuantities(items, to);
  const isWhole = items.every(({ sku, left }) => fields.quantities[sku] === left);
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    const { reference } = order;
    notifyDone(isWhole ? done(reference) : partDone(reference, fields.total));
    onDone();
  });
  const faults = fields.faultsWith(problem);
  const canComeBack = items.length > 0 && order.lines.some(({ allocated }) => allocated > 0);
  const isDeleted = problem?.errors.some(({ pointer }) => pointer === "/restock") ?? false;

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (items.length > 0 && !fields.check()) return;
    change(actions[to], {
      ...(items.length > 0 ? { lines: fields.lines } : {}),
      ...(canComeBack ? { restock, ...(restock ? { reason } : {}) } : {}),
      ...(note.trim() === "" ? {} : { note: note.trim() }),
    });
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          {order.status === "confirmed" ? text.giveUp.ofItems : text.giveUp.undecided}
        </Text>
        <QuantityFields items={items} to={to} {...fields} faults={faults} />
        {canComeBack && (
          <Checkbox
            label={text.giveUp.putBack}
            description={restock ? text.giveUp.comeBack : text.giveUp.stayAway}
            checked={restock}
            onChange={(event) => setRestock(event.currentTarget.checked)}
            error={isDeleted && restock ? text.giveUp.itemsDeleted : null}
          />
        )}
        {canComeBack && restock && <ReasonField value={reason} onChange={setReason} />}
        <Textarea
          label={text.note}
          description={text.noteHint}
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
