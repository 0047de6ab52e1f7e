// The variants section of the product form: variants are generated from options and edited in rows.

import { Button, Center, Divider, Group, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { Section } from "../forms/section.tsx";
import { names } from "../words/en/products/names.ts";
import { variants as text } from "../words/en/products/variants.ts";
import { OptionEditor } from "./option-editor.tsx";
import type { ProductFields, VariantFields } from "./product-form-values.ts";
import { VariantRows } from "./variant-rows.tsx";

/** Rows shown in each step. A thousand rows would make typing slow. */
const rowsStep = 50;

type VariantFieldsetProps = {
  readonly form: UseFormReturnType<ProductFields>;
  readonly tracked: boolean;
  /** What happens to the units of variants whose units were emptied; null if none were. */
  readonly givenUp: string | null;
  /** SKUs that can't be edited, because they are stored. */
  readonly storedSkus: ReadonlySet<string>;
};

/** The section. */
export function VariantFieldset({ form, tracked, givenUp, storedSkus }: VariantFieldsetProps) {
  const [shown, setShown] = useState(rowsStep);
  const { variants, sku } = form.values;
  const add = (added: readonly Pick<VariantFields, "sku" | "name" | "options">[]): void =>
    form.setFieldValue("variants", [
      ...variants,
      ...added.map((named) => ({
        ...named,
        enabled: true,
        unitsInStock: "",
        stockAlertThreshold: "",
        outOfStockThreshold: "",
        leadDays: "",
        packSize: "",
      })),
    ]);
  return (
    <Section title={names.variants} intro={text.intro}>
      <OptionEditor
        // Resets the options if another product is shown.
        key={[...storedSkus].join("\n")}
        productSku={sku.trim() === "" ? "SKU" : sku.trim()}
        variants={variants}
        onGenerate={(generated) =>
          add(generated.map((variant) => ({ ...variant, options: { ...variant.options } })))
        }
      />
      {variants.length > 0 && (
        <>
          <Divider color="var(--tally-line)" />
          {tracked && (
            <Text size="sm" c="dimmed">
              {text.shareHint}
            </Text>
          )}
          <Text size="sm" role="status">
            {givenUp}
          </Text>
          <VariantRows form={form} shown={shown} tracked={tracked} storedSkus={storedSkus} />
          {variants.length > shown && (
            <Center>
              <Button variant="default" onClick={() => setShown(shown + rowsStep)}>
                {text.showMore(variants.length)}
              </Button>
            </Center>
          )}
        </>
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            add([{ sku: "", name: "", options: {} }]);
            setShown(Math.max(shown, variants.length + 1));
          }}
        >
          {text.addOne}
        </Button>
      </Group>
    </Section>
  );
}
