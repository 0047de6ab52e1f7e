// The dialog's form that cancels an order or marks it as refunded, with an optional note.

import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { fieldWords } from "../words/problem-words.ts";
import type { OrderReply } from "../../contract/orders.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { useOrderChange } from "./use-order-change.ts";

type StatusChangeFormProps = {
  readonly order: OrderReply;
  readonly to: "cancelled" | "refunded";
  readonly onDone: () => void;
};

const words = {
  cancelled: { action: "cancel", button: "Cancel the order", back: "Keep the order" },
  refunded: { action: "refund", button: "Mark as refunded", back: "Cancel" },
} as const;

/** The form. It says that stock is not restored automatically. */
export function StatusChangeForm({ order, to, onDone }: StatusChangeFormProps) {
  const [note, setNote] = useState("");
  const { action, button, back } = words[to];
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    notifyDone(`Order ${order.reference} is ${to}.`);
    onDone();
  });
  const text = note.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change(action, text === "" ? {} : { note: text });
      }}
    >
      <Stack>
        <Text size="sm">
          {order.status === "pending"
            ? "The order has taken no stock yet and will take none."
            : "This does not restore stock. If units come back, restore them afterwards."}
        </Text>
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
        {problem !== null && (
          <FailureNotice
            problem={problem}
            others={problem.errors.map(({ detail }) => fieldWords(detail))}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {back}
          </Button>
          <Button type="submit" color="red.9" loading={isSending}>
            {button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
