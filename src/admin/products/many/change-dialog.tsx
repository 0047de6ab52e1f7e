// The dialog that changes settings of the chosen products.

import { Button, Group, Modal, NativeSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import {
  anyUnits,
  leadDaysLimits,
  noNegativeUnits,
  type NumberField,
  packSizeLimits,
} from "../../forms/units-field.ts";
import { UnitsInput } from "../../forms/units-input.tsx";
import { manyProducts } from "../../words/en/products/many.ts";
import { shared } from "../../words/en/shared.ts";
import type { Product } from "../product-queries.ts";
import { changeFor, isEmpty, type ProductChange } from "./product-change.ts";
import type { OneChange } from "./use-product-changes.ts";

type ChangeDialogProps = {
  readonly products: readonly Product[];
  readonly onSave: (changes: readonly OneChange[]) => void;
  readonly onClose: () => void;
};

const text = manyProducts.change;

const flags = [
  { field: "enabled", label: text.settings.enabled },
  { field: "allowPreOrder", label: text.settings.allowPreOrder },
  { field: "allowNegativeStock", label: text.settings.allowNegativeStock },
  { field: "hideIfOutOfStock", label: text.settings.hideIfOutOfStock },
] as const;

const choices = [
  { value: "", label: text.leave },
  { value: "yes", label: text.yes },
  { value: "no", label: text.no },
];

const levels = [
  { field: "stockAlertThreshold", label: text.settings.stockAlertThreshold, limits: anyUnits },
  {
    field: "outOfStockThreshold",
    label: text.settings.outOfStockThreshold,
    limits: noNegativeUnits,
  },
  { field: "leadDays", label: text.settings.leadDays, limits: leadDaysLimits },
  { field: "packSize", label: text.settings.packSize, limits: packSizeLimits },
] as const;

type LevelField = (typeof levels)[number]["field"];

/** The dialog. What is left as it is does not change. */
export function ChangeDialog({ products, onSave, onClose }: ChangeDialogProps) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [units, setUnits] = useState<Readonly<Partial<Record<LevelField, NumberField>>>>({});
  const isUnreadable = levels.some(({ field }) => {
    const value = units[field];
    return chosen[field] === "set" && typeof value !== "number";
  });
  const change = toChange(chosen, units);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isUnreadable || isEmpty(change)) return;
    onSave(products.map((product) => ({ product, change: changeFor(product, change) })));
    onClose();
  };
  const choose = (field: string, value: string) => setChosen({ ...chosen, [field]: value });
  return (
    <Modal opened onClose={onClose} size="lg" title={text.products(products.length)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {levels.map(({ field, label, limits }) => (
              <Stack key={field} gap="xs">
                <NativeSelect
                  label={label}
                  data={[
                    { value: "", label: text.leave },
                    { value: "set", label: text.setTo },
                    { value: "none", label: text.none },
                  ]}
                  value={chosen[field] ?? ""}
                  onChange={(event) => choose(field, event.currentTarget.value)}
                />
                {chosen[field] === "set" && (
                  <UnitsInput
                    aria-label={text.number(label)}
                    limits={limits}
                    value={units[field] ?? ""}
                    onChange={(value) => setUnits({ ...units, [field]: value })}
                    data-autofocus
                  />
                )}
              </Stack>
            ))}
            {flags.map(({ field, label }) => (
              <NativeSelect
                key={field}
                label={label}
                data={choices}
                value={chosen[field] ?? ""}
                onChange={(event) => choose(field, event.currentTarget.value)}
              />
            ))}
          </SimpleGrid>
          <Text size="sm" c="dimmed">
            {text.ownThresholds}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shared.cancel}
            </Button>
            <Button type="submit" disabled={isUnreadable || isEmpty(change)}>
              {text.products(products.length)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function toChange(
  chosen: Readonly<Record<string, string>>,
  units: Readonly<Partial<Record<LevelField, NumberField>>>,
): ProductChange {
  const entries: [string, boolean | number | null][] = [];
  for (const { field } of flags) {
    if (chosen[field] === "yes" || chosen[field] === "no")
      entries.push([field, chosen[field] === "yes"]);
  }
  for (const { field } of levels) {
    const value = units[field];
    if (chosen[field] === "none") entries.push([field, null]);
    if (chosen[field] === "set" && typeof value === "number") entries.push([field, value]);
  }
  return Object.fromEntries(entries);
}
