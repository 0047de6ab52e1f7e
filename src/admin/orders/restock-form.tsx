// Restores units of an order to stock that were cancelled or refunded, by item, and never more than were taken.

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { shared } from "../words/en/shared.ts";
import { orderChanges as text } from "../words/en/orders/changes.ts";
import { itemsLeft, QuantityFields } from "./quantity-fields.tsx";
import { type PutBackReason, ReasonField } from "./reason-field.tsx";
import { useOrderChange } from "./use-order-change.ts";
import { useQuantities } from "./use-quantities.ts";

type RestockFormProps = { readonly order: OrderReply; readonly onDone: () => void };

/** The form. At first, it holds everything that can still be restored. */
export function RestockForm({ order, onDone }: RestockFormProps) {
  // Fixed when the form opens, because a repeated request must be the same request.
  const [items] = useState(() => itemsLeft(order, ({ restockable }) => restockable));
  const [reason, setReason] = useState<PutBackReason>("return");
  const [note, setNote] = useState("");
  const fields = useQuantities(items, "restored");
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    notifyDone(text.restock.done(order.reference, fields.total));
    onDone();
  });
  const faults = fields.faultsWith(problem);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const typed = note.trim() === "" ? {} : { note: note.trim() };
    if (fields.check()) change("restock", { lines: fields.lines, reason, ...typed });
  };

  return (
    <form onSubmit={submit} aria-label={text.restock.label}>
      <Stack>
        <Text size="sm">{text.restock.intro}</Text>
        <QuantityFields items={items} to="restored" {...fields} faults={faults} />
        <ReasonField value={reason} onChange={setReason} />
        <TextInput
          label={text.note}
          description={text.restock.noteHint}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={500}
        />
        {problem !== null && faults.size === 0 && <FailureNotice problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {shared.cancel}
          </Button>
          <Button
            type="submit"
            loading={isSending}
            disabled={(fields.total === 0 && !fields.isUnread) || fields.isTooMuch}
          >
            {fields.isUnread ? text.restock.send : text.restock.sendUnits(fields.total)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
