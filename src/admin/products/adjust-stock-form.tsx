// The small form of a stock adjustment: received, taken or counted, the quantity, the reason, and a
// note.

import {
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  VisuallyHidden,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { type StockReason, stockReasons } from "../../domain/stock/stock-reason.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import {
  anyUnits,
  noNegativeUnits,
  type NumberField,
  toNumberField,
} from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { adjustStock as text } from "../words/en/products/adjust-stock.tsx";
import { counts } from "../words/en/products/counts.ts";
import { shared } from "../words/en/shared.ts";
import { fittingReasons, reasonChoices } from "../words/stock-reasons.ts";
import { notifyUndoable } from "./notify-undoable.tsx";
import { type Adjustment, useStockAdjustment } from "./use-stock-adjustment.ts";

type Mode = "add" | "take" | "set";

const modes = [
  { value: "add", label: text.modes.add },
  { value: "take", label: text.modes.take },
  { value: "set", label: text.modes.set },
] as const satisfies readonly { value: Mode; label: string }[];

type AdjustStockFormProps = {
  readonly sku: string;
  readonly units: number;
  /** What happened, until the person says otherwise. */
  readonly act: Mode;
  readonly onDone: () => void;
};

/** The form. It shows the new count before it is saved. */
export function AdjustStockForm({ sku, units: seen, act, onDone }: AdjustStockFormProps) {
  const client = useQueryClient();
  const [mode, setMode] = useState<Mode>(act);
  const [quantity, setQuantity] = useState<NumberField>("");
  const [reason, setReason] = useState<StockReason | null>(usualReason(act));
  const [note, setNote] = useState("");
  // The popover may open before this form is loaded, and then has nothing to focus.
  const quantityField = useRef<HTMLInputElement>(null);
  useEffect(() => quantityField.current?.focus(), []);
  const { units, problem, isSending, adjust } = useStockAdjustment(
    sku,
    seen,
    ({ unitsInStock, movement }) => {
      const preOrdered = movement === null ? 0 : movement.unitsAfter - unitsInStock;
      const message = text.adjusted(sku, unitsInStock, preOrdered);
      if (movement === null) notifyDone(message);
      else notifyUndoable(client, message, { sku, id: movement.id });
      onDone();
    },
  );
  const limits = mode === "set" ? anyUnits : noNegativeUnits;
  // A number that one mode accepts may be invalid in another.
  const field = toNumberField(String(quantity), limits);
  const amount = typeof field === "number" ? field : null;
  const after = amount === null ? null : unitsAfter(mode, units, amount);
  const isUseful = after !== null && (mode === "set" || amount !== 0);

  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (amount !== null && isUseful) adjust(toAdjustment(mode, amount, reason, note.trim()));
  };

  return (
    <form onSubmit={submit} aria-label={counts.adjust.stockOf(sku)}>
      <Stack gap="sm">
        <Text size="sm">{text.unitsNow(<b>{sku}</b>, units)}</Text>
        <SegmentedControl
          fullWidth
          size="xs"
          data={[...modes]}
          value={mode}
          onChange={(chosen) => {
            setMode(chosen);
            setReason(usualReason(chosen));
          }}
          aria-label={text.whatHappened}
        />
        <UnitsInput
          label={mode === "set" ? text.unitsCounted : text.units}
          value={field}
          onChange={setQuantity}
          limits={limits}
          ref={quantityField}
          data-autofocus
        />
        <NativeSelect
          label={text.reason}
          data={[
            ...(mode === "take" ? [{ value: "", label: text.noReason }] : []),
            ...reasonChoices(fittingReasons[mode]),
          ]}
          value={reason ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setReason(stockReasons.find((known) => known === value) ?? null)
          }
        />
        <TextInput
          label={text.note}
          description={text.noteHint}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={500}
        />
        {problem !== null && <FailureNotice problem={problem} />}
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {after === null ? (
              <VisuallyHidden>{text.noUnits}</VisuallyHidden>
            ) : (
              text.unitsAfter(after)
            )}
          </Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={onDone}>
              {shared.cancel}
            </Button>
            <Button size="xs" type="submit" loading={isSending} disabled={!isUseful}>
              {shared.save}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** Nobody takes units for a usual reason. */
function usualReason(mode: Mode): StockReason | null {
  return mode === "take" ? null : fittingReasons[mode][0];
}

function unitsAfter(mode: Mode, units: number, amount: number): number {
  if (mode === "set") return amount;
  return mode === "add" ? units + amount : units - amount;
}

function toAdjustment(
  mode: Mode,
  amount: number,
  reason: StockReason | null,
  written: string,
): Adjustment {
  const note = written === "" ? {} : { note: written };
  const why = reason === null ? note : { reason, ...note };
  if (mode === "set") return { set: amount, ...why };
  if (mode === "take") return { delta: -amount, ...why };
  return reason === "receipt"
    ? { delta: amount, kind: "receipt", ...why }
    : { delta: amount, ...why };
}
