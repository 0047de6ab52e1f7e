// The form of a product type.

import { Paper, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { productTypeSchema } from "../../../contract/product-types.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { refuseTaken } from "../../forms/taken-code.ts";
import { notifyDone } from "../../forms/notify.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { segment, send } from "../../http/request.ts";
import { useMay } from "../../session/session.ts";
import { productTypes } from "../../words/en/settings/product-types.ts";
import { settings } from "../../words/en/settings/shared.ts";
import { type ProductType, productTypeQuery } from "./product-type-queries.ts";

const text = productTypes.form;

/** The form; `type` is null to create one. */
export function ProductTypeForm({ type }: { type: ProductType | null }) {
  const may = useMay();
  const isReadOnly = !may("catalogue:write");
  const onSaved = useAfterSave(type === null);
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: type,
    versionOf: ({ version }) => version,
    toValues: (stored) => ({
      name: stored?.name ?? "",
      code: stored?.code ?? "",
      hasInventory: stored?.hasInventory ?? true,
      hasVariants: stored?.hasVariants ?? true,
    }),
    schema: productTypeSchema,
    save,
    onSaved,
    validate: ({ name, code }) => ({
      ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
      ...(code.trim() === "" ? { code: settings.faults.noCode } : {}),
    }),
  });
  const { hasInventory, hasVariants } = form.values;
  const hidesStock = type?.hasInventory === true && !hasInventory;
  const hidesVariants = type?.hasVariants === true && !hasVariants;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={text.labels} />}
        {failure !== null && <FailureNotice {...failure} />}
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <Stack maw="34rem">
            <TextInput
              label={text.labels.name}
              readOnly={isReadOnly}
              {...form.getInputProps("name")}
            />
            <TextInput
              label={text.code}
              description={type === null ? text.newCodeHint : text.codeHint}
              readOnly={type !== null}
              variant={type === null ? "default" : "filled"}
              {...form.getInputProps("code")}
            />
            <Switch
              label={text.labels.hasInventory}
              description={text.inventoryHint}
              disabled={isReadOnly}
              {...form.getInputProps("hasInventory", { type: "checkbox" })}
            />
            <Switch
              label={text.labels.hasVariants}
              description={text.variantsHint}
              disabled={isReadOnly}
              {...form.getInputProps("hasVariants", { type: "checkbox" })}
            />
            <Text size="sm" role="status">
              {whatIsHidden(hidesStock, hidesVariants)}
            </Text>
          </Stack>
        </Paper>
        {!isReadOnly && (
          <SaveBar
            isDirty={isDirty}
            isSaving={isSaving}
            onDiscard={discard}
            {...(type === null ? { label: text.create } : {})}
          />
        )}
      </Stack>
    </form>
  );
}

function whatIsHidden(stock: boolean, variants: boolean): string | null {
  const { hides } = productTypes;
  if (stock && variants) return hides.both;
  return stock ? hides.stock : variants ? hides.variants : null;
}

type Values = { name: string; code: string; hasInventory: boolean; hasVariants: boolean };

async function save(values: Values, base: ProductType | null): Promise<ProductType> {
  const { code, name, ...features } = values;
  const saving = send({
    method: "PUT",
    path: `/product-types/${segment(code.trim())}`,
    body: { name: name.trim(), ...features },
    answer: productTypeSchema,
    ...(base === null ? { mustBeNew: true } : { version: base.version }),
  });
  return base === null ? saving.catch(refuseTaken) : saving;
}

function useAfterSave(isNew: boolean): (saved: ProductType) => void {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (saved) => {
    queryClient.setQueryData(productTypeQuery(saved.code).queryKey, saved);
    void queryClient.invalidateQueries({ queryKey: ["product-types"] });
    void queryClient.invalidateQueries({ queryKey: ["products"] });
    notifyDone(isNew ? settings.created(saved.name) : settings.saved);
    if (isNew) void navigate(`/settings/product-types/${saved.code}`);
  };
}
