// The form of a product, with the labels of the store's manual.

import { Checkbox, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { StaleNotice } from "../forms/stale-notice.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { GreyLines, Loaded } from "../shell/loaded.tsx";
import { productForm as text } from "../words/en/products/form.ts";
import { labels, names } from "../words/en/products/names.ts";
import { shared } from "../words/en/shared.ts";
import { checkProduct } from "./check-product.ts";
import { InventoryFields } from "./inventory-fields.tsx";
import { givenUpWords, hiddenByTypeWords } from "./kept-units-words.ts";
import { type ProductFields, toBody, toFields } from "./product-form-values.ts";
import {
  type Product,
  productPath,
  type ProductType,
  productTypesQuery,
} from "./product-queries.ts";
import { compareVariants, mergeProduct } from "./product-merge.ts";
import { VariantFieldset } from "./variant-fieldset.tsx";
import { productSchema } from "../../contract/products.ts";
import { isTracked } from "../../domain/catalogue/product-type.ts";

type ProductFormProps = {
  /** The product to edit, or null for a new one. */
  readonly product: Product | null;
  readonly onSaved: (saved: Product) => void;
  /** Called if a count was refused because it has changed. It must read the product again. */
  readonly onOutdated: () => void;
};

/** The form. It shows stock fields only if the product's inventory is tracked. */
export function ProductForm(props: ProductFormProps) {
  const types = useQuery(productTypesQuery);
  return (
    <Loaded query={types} whileLoading={<GreyLines lines={10} />}>
      {(data) => <Form {...props} types={data} />}
    </Loaded>
  );
}

function Form(props: ProductFormProps & { readonly types: readonly ProductType[] }) {
  const { product, types, onSaved, onOutdated } = props;
  const typeOf = ({ type }: ProductFields) => types.find(({ code }) => code === type);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: product,
    versionOf: ({ version }: Product) => version,
    toValues: toFields,
    schema: productSchema,
    validate: (fields) => checkProduct(fields, typeOf(fields), product),
    save: (fields, base) =>
      send({
        path: productPath(base?.sku ?? fields.sku.trim()),
        body: toBody(fields, base, typeOf(fields)),
        ...(base === null
          ? { method: "PUT", mustBeNew: true }
          : { method: "PATCH", version: base.version }),
        answer: productSchema,
      }),
    merge: mergeProduct,
    onSaved,
    taken: { field: "sku", text: text.skuTaken },
    onRefused: ({ kind }) => {
      if (kind === "stale-count") onOutdated();
    },
  });
  const type = typeOf(form.values);
  const tracked = isTracked(type, form.values);
  return (
    <form onSubmit={submit} noValidate aria-label={names.product}>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={labels} compare={compareVariants} />}
        {failure !== null && <FailureNotice {...failure} />}
        <Section title={names.product}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={names.sku}
              description={product === null ? text.hints.newSku : text.hints.sku}
              required={product === null}
              readOnly={product !== null}
              variant={product === null ? "default" : "filled"}
              maxLength={64}
              {...form.getInputProps("sku")}
            />
            <TextInput
              label={labels.name}
              description={text.hints.name}
              required
              maxLength={200}
              {...form.getInputProps("name")}
            />
            <NativeSelect
              label={labels.type}
              description={text.hints.type}
              data={types.map(({ code, name }) => ({ value: code, label: name }))}
              {...form.getInputProps("type")}
            />
          </SimpleGrid>
          <Text size="sm" role="status">
            {hiddenByTypeWords(type, product)}
          </Text>
          <Checkbox
            label={labels.enabled}
            description={text.hints.enabled}
            {...form.getInputProps("enabled", { type: "checkbox" })}
          />
        </Section>
        {type?.hasInventory === true && (
          <InventoryFields
            form={form}
            tracked={tracked}
            mayHaveCount={product !== null && !product.trackInventory}
            storedSku={product?.trackInventory === true ? product.sku : null}
          />
        )}
        {type?.hasVariants === true && (
          <VariantFieldset
            form={form}
            tracked={tracked}
            givenUp={tracked ? givenUpWords(form.values, product) : null}
            storedSkus={new Set(product?.variants.map(({ sku }) => sku))}
          />
        )}
        <SaveBar
          isDirty={isDirty}
          isSaving={isSaving}
          onDiscard={discard}
          label={product === null ? text.create : shared.save}
        />
      </Stack>
    </form>
  );
}
