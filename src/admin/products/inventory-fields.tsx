// The inventory part of the product form. Without tracking, there is nothing but the checkbox.

import { Checkbox, SimpleGrid, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Section } from "../forms/section.tsx";
import { UnitsInput } from "../forms/units-input.tsx";
import { allHaveOwnUnits, labels, type ProductFields } from "./product-form-values.ts";

type InventoryFieldsProps = {
  readonly form: UseFormReturnType<ProductFields>;
  readonly tracked: boolean;
  /** Whether there may be a count and settings from before, when it was tracked. */
  readonly mayHaveCount: boolean;
};

/** The fields. */
export function InventoryFields({ form, tracked, mayHaveCount }: InventoryFieldsProps) {
  const check = (field: keyof typeof labels, description: string) => (
    <Checkbox
      label={labels[field]}
      description={description}
      {...form.getInputProps(field, { type: "checkbox" })}
    />
  );
  return (
    <Section title="Inventory">
      {check("trackInventory", "Count its units, and warn when they run low.")}
      {tracked && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <UnitsInput
              label={labels.unitsInStock}
              description={mayHaveCount ? fromBefore : unitsHint(form.values)}
              required={!allHaveOwnUnits(form.values) && !mayHaveCount}
              {...form.getInputProps("unitsInStock")}
            />
            <UnitsInput
              label={labels.stockAlertThreshold}
              description="At this count or below it, store managers are mailed and it is out of stock."
              {...form.getInputProps("stockAlertThreshold")}
            />
          </SimpleGrid>
          <Stack gap="sm">
            {check(
              "hideIfOutOfStock",
              "The shop doesn't show it while nothing of it can be bought.",
            )}
            {check("allowPreOrder", "Sold out, it can still be ordered; the units are promised.")}
            {check("allowNegativeStock", "Sold on without a limit; the count goes below zero.")}
            {check(
              "sellBelowThreshold",
              "The threshold only warns: units below it are sold down to the last.",
            )}
          </Stack>
        </>
      )}
    </Section>
  );
}

const fromBefore =
  "Required if it was never counted. Empty: the count, and the settings, from before come back.";

function unitsHint(fields: ProductFields): string {
  const { variants } = fields;
  if (variants.length === 0) return "How many there are. A change is written to the ledger.";
  return allHaveOwnUnits(fields)
    ? "Every variant has units of its own, so nothing draws on these."
    : "Shared by the variants without units of their own.";
}
