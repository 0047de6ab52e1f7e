// The rows of variants. On a phone they are cards.

import { ActionIcon, Checkbox, Group, Text, TextInput, Tooltip } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconTrash } from "@tabler/icons-react";
import {
  leadDaysLimits,
  noNegativeUnits,
  type NumberField,
  packSizeLimits,
} from "../forms/units-field.ts";
import { UnitsInput } from "../forms/units-input.tsx";
import { labels, names } from "../words/en/products/names.ts";
import { variants as words } from "../words/en/products/variants.ts";
import { levelsOfVariant, levelWords } from "./level-words.ts";
import type { ProductFields, VariantFields } from "./product-form-values.ts";
import classes from "./variant-rows.module.css";

const text = words.rows;

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
    <ul className={classes["rows"]} data-tracked={tracked} aria-label={names.variants}>
      {variants.slice(0, shown).map((variant, index) => {
        const called = variant.name === "" ? variant.sku : variant.name;
        const path = `variants.${index}`;
        return (
          // Rows have no stable key, because SKUs can be edited. An index is safe, as the fields are controlled.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} className={classes["row"]} aria-label={called}>
            <TextInput
              label={labels.name}
              maxLength={200}
              description={optionWords(variant.options)}
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...form.getInputProps(`${path}.name`)}
            />
            <TextInput
              label={names.sku}
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
            {tracked && variant.unitsInStock !== "" && (
              <Group className={classes["order"] ?? ""} gap="sm" align="flex-end">
                <UnitsInput
                  label={labels.leadDays}
                  placeholder={inherited(form.values.leadDays)}
                  limits={leadDaysLimits}
                  {...form.getInputProps(`${path}.leadDays`)}
                />
                <UnitsInput
                  label={labels.packSize}
                  placeholder={inherited(form.values.packSize)}
                  limits={packSizeLimits}
                  {...form.getInputProps(`${path}.packSize`)}
                />
              </Group>
            )}
            {tracked && hasOwnLevel(variant) && (
              <Text size="xs" c="dimmed" className={classes["levels"] ?? ""}>
                {levelWords(levelsOfVariant(variant, form.values), form.values)}
              </Text>
            )}
            <Group className={classes["end"] ?? ""} gap="sm" wrap="nowrap">
              <Checkbox
                label={labels.enabled}
                {...form.getInputProps(`${path}.enabled`, { type: "checkbox" })}
              />
              <Tooltip label={text.remove}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={text.removeOne(called)}
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
  return typeof ofProduct === "number" ? text.theProductsNumber(ofProduct) : text.theProducts;
}

function optionWords(options: Readonly<Record<string, string>>) {
  const chosen = Object.entries(options).map(([name, value]) => `${name}: ${value}`);
  return chosen.length === 0 ? null : chosen.join(", ");
}
