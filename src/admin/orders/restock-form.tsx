// Restores units of a cancelled or refunded order to stock, by item, and never more than the order took.

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { fieldPath } from "../forms/problem-fields.ts";
import { notifyDone } from "../forms/notify.tsx";
import type { ApiProblem } from "../http/api-problem.ts";
import { count } from "../words/numbers.ts";
import { fieldWords } from "../words/problem-words.ts";
import {
  everything,
  type Quantities,
  quantityFault,
  RestockLines,
  type Returnable,
} from "./restock-lines.tsx";
import { useOrderChange } from "./use-order-change.ts";

type RestockFormProps = { readonly order: OrderReply; readonly onDone: () => void };

/** The form. At first, it holds everything that can still be restored. */
export function RestockForm({ order, onDone }: RestockFormProps) {
  // Fixed when the form opens, because a repeated request must be the same request.
  const [items] = useState(() => returnables(order));
  const [quantities, setQuantities] = useState<Quantities>(() => everything(items));
  const [note, setNote] = useState("");
  const lines = items.flatMap(({ sku }) => {
    const quantity = quantities[sku];
    return typeof quantity === "number" && quantity !== 0 ? [{ sku, quantity }] : [];
  });
  const total = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const { change, isSending, problem } = useOrderChange(order.id, () => {
    notifyDone(`${count(total, "unit")} of order ${order.reference} restored to stock.`);
    onDone();
  });
  // The fields show their own faults. All faults are shown when the form is sent.
  const [isAsked, setIsAsked] = useState(false);
  const unread = items.flatMap(({ sku, left }): [string, string][] => {
    const fault = quantityFault(quantities[sku] ?? 0, left);
    return fault === null ? [] : [[sku, fault]];
  });
  const isTooMuch = items.some(({ sku, left }) => {
    const quantity = quantities[sku];
    return typeof quantity === "number" && quantity > left;
  });
  const refused = faultsBySku(problem, lines);
  const faults = isAsked ? new Map([...refused, ...unread]) : refused;

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const reason = note.trim() === "" ? {} : { note: note.trim() };
    setIsAsked(unread.length > 0);
    if (lines.length > 0 && unread.length === 0) change("restock", { lines, ...reason });
  };

  return (
    <form onSubmit={submit} aria-label="Restore stock">
      <Stack>
        <Text size="sm">Enter how many units came back. Set an item to 0 to leave it out.</Text>
        <RestockLines
          items={items}
          quantities={quantities}
          onChange={setQuantities}
          faults={faults}
        />
        <TextInput
          label="Note"
          description="Shown in the ledger, such as the reason for the return."
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={500}
        />
        {problem !== null && refused.size === 0 && <FailureNotice problem={problem} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={isSending}
            disabled={lines.length + unread.length === 0 || isTooMuch}
          >
            {unread.length > 0 ? "Restore" : `Restore ${count(total, "unit")}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function returnables({ lines }: OrderReply): Returnable[] {
  const items = new Map<string, Returnable>();
  for (const line of lines) {
    const left = line.restockable + (items.get(line.sku)?.left ?? 0);
    if (left > 0) items.set(line.sku, { sku: line.sku, name: line.name, left });
  }
  return [...items.values()];
}

/** The API reports faults by the request's line; the form shows them by SKU. */
function faultsBySku(
  problem: ApiProblem | null,
  lines: readonly { readonly sku: string }[],
): ReadonlyMap<string, string> {
  const faults = new Map<string, string>();
  for (const { pointer, detail } of problem?.errors ?? []) {
    const sku = lines[Number(fieldPath(pointer).split(".")[1])]?.sku;
    if (sku !== undefined) faults.set(sku, fieldWords(detail));
  }
  return faults;
}
