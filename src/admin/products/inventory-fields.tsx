// The inventory section of the product form. Without tracking, it has only the checkbox.

import { Checkbox, SimpleGrid, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Section } from "../forms/section.tsx";
import { noNegativeUnits } from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { useSession } from "../session/session.ts";
import { levelWords } from "./level-words.ts";
import { allHaveOwnUnits, labels, type ProductFields } from "./product-form-values.ts";
import { ThresholdSuggestions } from "./threshold-suggestions.tsx";

type InventoryFieldsProps = {
  readonly form: UseFormReturnType<ProductFields>;
  readonly tracked: boolean;
  /** Whether there may be a count and settings from an earlier time when it was tracked. */
  readonly mayHaveCount: boolean;
  /** The SKU of the stored product; null for a new one. */
  readonly storedSku: string | null;
};

/** The fields. */
export function InventoryFields(props: InventoryFieldsProps) {
  const { form, tracked, mayHaveCount, storedSku } = props;
  const { mailsLeave } = useSession();
  const check = (field: keyof typeof labels, description: string) => (
    <Checkbox
      label={labels[field]}
      description={description}
      {...form.getInputProps(field, { type: "checkbox" })}
    />
  );
  return (
    <Section title="Inventory">
      {check("trackInventory", "Count the units, and open an alert when they run low.")}
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
              description={`At this count or below, ${mailsLeave ? "store managers get a mail" : "an alert opens"}.`}
              {...form.getInputProps("stockAlertThreshold")}
            />
            <UnitsInput
              label={labels.outOfStockThreshold}
              description="So many units are kept back. With 0, the last unit is sold."
              limits={noNegativeUnits}
              {...form.getInputProps("outOfStockThreshold")}
            />
          </SimpleGrid>
          <LevelNotes form={form} storedSku={storedSku} />
          <Stack gap="sm">
            {check("hideIfOutOfStock", "The shop hides the product while it can't be ordered.")}
            {check(
              "allowPreOrder",
              "Customers can order it when it is sold out. Units that come in go to these orders first.",
            )}
            {check(
              "allowNegativeStock",
              "Customers can order without a limit. The count can go below zero.",
            )}
          </Stack>
        </>
      )}
    </Section>
  );
}

/** What follows from the thresholds, and what the sales suggest. */
function LevelNotes({ form, storedSku }: Pick<InventoryFieldsProps, "form" | "storedSku">) {
  return (
    <Stack gap="xs">
      <Text size="sm" aria-live="polite">
        {levelWords(form.values, form.values) ?? ""}
      </Text>
      {storedSku !== null && <ThresholdSuggestions form={form} sku={storedSku} />}
    </Stack>
  );
}

const fromBefore =
  "Required if it was never counted. Leave it empty to use the earlier count and settings.";

function unitsHint(fields: ProductFields): string {
  const { variants } = fields;
  if (variants.length === 0) return "The current count. Every change is recorded in the ledger.";
  return allHaveOwnUnits(fields)
    ? "Not used: every variant has its own units."
    : "Shared by the variants that have no units of their own.";
}
