// The rows of variants. On a phone they are cards.

import { ActionIcon, Checkbox, Group, Text, TextInput, Tooltip } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import { noNegativeUnits, type NumberField } from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { levelsOfVariant, levelWords } from "./level-words.ts";
import { labels, type ProductFields, type VariantFields } from "./product-form-values.ts";
import classes from "./variant-rows.module.css";

type VariantRowsProps = {
  readonly form: UseFormReturnType<ProductFields>;
  readonly shown: number;
  readonly tracked: boolean;
  readonly storedSkus: ReadonlySet<string>;
};

/** Draws the first `shown` variants. */
export function VariantRows({ form, shown, tracked, storedSkus }: VariantRowsProps) {
  const { variants } = form.values;
  return (
    <ul className={classes["rows"]} data-tracked={tracked} aria-label="Variants">
      {variants.slice(0, shown).map((variant, index) => {
        const called = variant.name === "" ? variant.sku : variant.name;
        const path = `variants.${index}`;
        return (
          // Rows have no stable key, because SKUs can be edited. An index is safe, as the fields are controlled.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} className={classes["row"]} aria-label={called}>
            <TextInput
              label="Name"
              maxLength={200}
              description={optionWords(variant.options)}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...form.getInputProps(`${path}.name`)}
            />
            <TextInput
              label="SKU"
              maxLength={64}
              readOnly={storedSkus.has(variant.sku)}
              variant={storedSkus.has(variant.sku) ? "filled" : "default"}
              {...form.getInputProps(`${path}.sku`)}
            />
            {tracked && (
              <>
                <UnitsInput
                  label={labels.unitsInStock}
                  placeholder={inherited(form.values.unitsInStock)}
                  {...form.getInputProps(`${path}.unitsInStock`)}
                />
                <UnitsInput
                  label={labels.stockAlertThreshold}
                  placeholder={inherited(form.values.stockAlertThreshold)}
                  {...form.getInputProps(`${path}.stockAlertThreshold`)}
                />
                <UnitsInput
                  label={labels.outOfStockThreshold}
                  placeholder={inherited(form.values.outOfStockThreshold)}
                  limits={noNegativeUnits}
                  {...form.getInputProps(`${path}.outOfStockThreshold`)}
                />
              </>
            )}
            {tracked && hasOwnLevel(variant) && (
              <Text size="xs" c="dimmed" className={classes["levels"] ?? ""}>
                {levelWords(levelsOfVariant(variant, form.values), form.values)}
              </Text>
            )}
            <Group className={classes["end"] ?? ""} gap="sm" wrap="nowrap">
              <Checkbox
                label="Enabled"
                {...form.getInputProps(`${path}.enabled`, { type: "checkbox" })}
              />
              <Tooltip label="Remove this variant">
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove the variant ${called}`}
                  onClick={() => form.removeListItem("variants", index)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}

const hasOwnLevel = (variant: VariantFields): boolean =>
  variant.stockAlertThreshold !== "" || variant.outOfStockThreshold !== "";

function inherited(ofProduct: NumberField): string {
  return typeof ofProduct === "number" ? `the product's: ${ofProduct}` : "the product's";
}

function optionWords(options: Readonly<Record<string, string>>) {
  const words = Object.entries(options).map(([name, value]) => `${name}: ${value}`);
  return words.length === 0 ? null : words.join(", ");
}
