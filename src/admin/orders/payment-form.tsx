// The dialog's form that marks an order as paid, with an optional note.

import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import {
  type CheckedAvailabilityReply,
  checkedAvailabilitySchema,
} from "../../contract/availability.ts";
import type { OrderReply } from "../../contract/orders.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import type { ApiProblem } from "../http/api-problem.ts";
import { shared } from "../words/en/shared.ts";
import { orderChanges as text } from "../words/en/orders/changes.ts";
import { useOrderChange } from "./use-order-change.ts";

type Missing = CheckedAvailabilityReply["lines"][number];

/** The lines that an expired order could not get any more. */
function missingOf({ kind, extra }: ApiProblem): readonly Missing[] {
  const checked = checkedAvailabilitySchema.shape.lines.safeParse(extra["lines"]);
  return kind === "expired" && checked.success
    ? checked.data.filter(({ acceptable }) => !acceptable)
    : [];
}

const missingWords = ({ sku, quantity, available }: Missing): string =>
  text.pay.missing(sku, quantity, available ?? 0);

type PaymentFormProps = { readonly order: OrderReply; readonly onDone: () => void };

/** The form. It says what the payment does to the order's stock. */
export function PaymentForm({ order, onDone }: PaymentFormProps) {
  const [note, setNote] = useState("");
  // Fixed when the form opens: the order may expire while it is open, and then only its next opening takes it once more.
  const [{ retake, words }] = useState(() => effectOf(order));
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    notifyDone(text.pay.done(order.reference));
    onDone();
  });
  const typed = note.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change("pay", { retake, ...(typed === "" ? {} : { note: typed }) });
      }}
    >
      <Stack>
        <Text size="sm">{words}</Text>
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
        {problem !== null && (
          <FailureNotice
            problem={problem}
            others={[
              ...problem.errors.map(({ words: sentence }) => sentence),
              ...missingOf(problem).map(missingWords),
            ]}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={isSending}>
            {text.pay.send}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What a payment of the order does, and whether it takes an expired order once more. */
function effectOf({ status }: OrderReply): { readonly retake: boolean; readonly words: string } {
  if (status === "expired") return { retake: true, words: text.pay.takesAgain };
  const words = status === "awaiting-payment" ? text.pay.takesNow : text.pay.keeps;
  return { retake: false, words };
}
