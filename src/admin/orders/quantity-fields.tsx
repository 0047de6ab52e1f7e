// The fields for quantities of an order's items: how many are cancelled, refunded or restored. A wholesale order has
// hundreds of items, so they can be searched, set all at once, and are shown in steps.

import { Button, Group, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { noNegativeUnits, type NumberField, unitsFault } from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { orderChanges } from "../words/en/orders/changes.ts";

const text = orderChanges.quantities;

/** The units of one SKU that can still be named, summed over the order's lines. */
export type ItemLeft = { readonly sku: string; readonly name: string; readonly left: number };

/** The typed quantity of each SKU. */
export type Quantities = Readonly<Record<string, NumberField>>;

/** What becomes of the units. */
export type ChangedTo = keyof typeof text.tooMany;

type QuantityFieldsProps = {
  readonly items: readonly ItemLeft[];
  readonly quantities: Quantities;
  readonly setQuantities: (quantities: Quantities) => void;
  readonly to: ChangedTo;
  /** The faults that the API reported, by SKU. */
  readonly faults: ReadonlyMap<string, string>;
};

/** Fields shown in each step. */
const step = 30;

/** The items of an order that have units left, by what `leftOf` says of each line. */
export function itemsLeft(
  { lines }: OrderReply,
  leftOf: (line: OrderReply["lines"][number]) => number,
): ItemLeft[] {
  const items = new Map<string, ItemLeft>();
  for (const line of lines) {
    const left = leftOf(line) + (items.get(line.sku)?.left ?? 0);
    if (left > 0) items.set(line.sku, { sku: line.sku, name: line.name, left });
  }
  return [...items.values()];
}

/** The maximum of every item. */
export function everything(items: readonly ItemLeft[]): Quantities {
  return Object.fromEntries(items.map(({ sku, left }) => [sku, left]));
}

/** Returns why a quantity can't be sent; null if it can. */
export function quantityFault(quantity: NumberField, left: number, to: ChangedTo): string | null {
  return typeof quantity === "number" && quantity > left
    ? text.tooMany[to](left)
    : unitsFault(quantity, noNegativeUnits);
}

/** The fields. Those with a fault come first. */
export function QuantityFields(props: QuantityFieldsProps) {
  const { items, quantities, setQuantities: onChange, to, faults } = props;
  const [q, setQ] = useState("");
  const [shown, setShown] = useState(step);
  const asked = q.trim().toLowerCase();
  const isRefused = ({ sku }: ItemLeft): boolean => faults.has(sku);
  const matching = items.filter(
    (item) =>
      isRefused(item) ||
      item.name.toLowerCase().includes(asked) ||
      item.sku.toLowerCase().includes(asked),
  );
  const ordered = [...matching.filter(isRefused), ...matching.filter((item) => !isRefused(item))];
  return (
    <>
      {items.length > 1 && (
        <Group gap="xs" align="flex-end">
          {items.length > step && (
            <TextInput
              type="search"
              aria-label={text.search}
              placeholder={text.searchHint}
              leftSection={<IconSearch size={16} aria-hidden />}
              value={q}
              onChange={(event) => setQ(event.currentTarget.value)}
              flex="1 1 12rem"
            />
          )}
          <Button variant="default" size="xs" onClick={() => onChange(everything(items))}>
            {text.setAll}
          </Button>
          <Button variant="default" size="xs" onClick={() => onChange({})}>
            {text.setNone}
          </Button>
        </Group>
      )}
      {ordered.slice(0, shown).map(({ sku, name, left }) => (
        <UnitsInput
          key={sku}
          label={name}
          description={text.left(sku, left)}
          value={quantities[sku] ?? 0}
          onChange={(quantity) => onChange({ ...quantities, [sku]: quantity })}
          limits={noNegativeUnits}
          error={
            typeof quantities[sku] === "number"
              ? (quantityFault(quantities[sku], left, to) ?? faults.get(sku))
              : faults.get(sku)
          }
        />
      ))}
      {ordered.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + step)}>
          {text.showMore(ordered.length)}
        </Button>
      )}
    </>
  );
}
