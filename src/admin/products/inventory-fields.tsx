// The inventory section of the product form. Without tracking, it has only the checkbox.

import { Checkbox, SimpleGrid, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { Section } from "../forms/section.tsx";
import { leadDaysLimits, noNegativeUnits, packSizeLimits } from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { useSession } from "../session/session.ts";
import { productForm as text } from "../words/en/products/form.ts";
import { labels } from "../words/en/products/names.ts";
import { levelWords } from "./level-words.ts";
import { allHaveOwnUnits, type ProductFields } from "./product-form-values.ts";
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
  const check = (field: keyof typeof labels & keyof typeof text.hints) => (
    <Checkbox
      label={labels[field]}
      description={text.hints[field]}
      {...form.getInputProps(field, { type: "checkbox" })}
    />
  );
  return (
    <Section title={text.inventory}>
      {check("trackInventory")}
      {tracked && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <UnitsInput
              label={labels.unitsInStock}
              description={mayHaveCount ? text.unitsHints.fromBefore : unitsHint(form.values)}
              required={!allHaveOwnUnits(form.values) && !mayHaveCount}
              {...form.getInputProps("unitsInStock")}
            />
            <UnitsInput
              label={labels.stockAlertThreshold}
              description={
                mailsLeave ? text.hints.stockAlertThresholdMailed : text.hints.stockAlertThreshold
              }
              {...form.getInputProps("stockAlertThreshold")}
            />
            <UnitsInput
              label={labels.outOfStockThreshold}
              description={text.hints.outOfStockThreshold}
              limits={noNegativeUnits}
              {...form.getInputProps("outOfStockThreshold")}
            />
          </SimpleGrid>
          <LevelNotes form={form} storedSku={storedSku} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <UnitsInput
              label={labels.leadDays}
              description={text.hints.leadDays}
              limits={leadDaysLimits}
              {...form.getInputProps("leadDays")}
            />
            <UnitsInput
              label={labels.packSize}
              description={text.hints.packSize}
              limits={packSizeLimits}
              {...form.getInputProps("packSize")}
            />
          </SimpleGrid>
          <Stack gap="sm">
            {check("hideIfOutOfStock")}
            {check("allowPreOrder")}
            {check("allowNegativeStock")}
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

function unitsHint(fields: ProductFields): string {
  const { variants } = fields;
  if (variants.length === 0) return text.unitsHints.own;
  return allHaveOwnUnits(fields) ? text.unitsHints.unused : text.unitsHints.shared;
}
