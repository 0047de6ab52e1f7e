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
import { type ProductType, productTypeQuery } from "./product-type-queries.ts";

const labels = { name: "Name", hasInventory: "Inventory", hasVariants: "Variants" };

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
      ...(name.trim() === "" ? { name: "Enter a name." } : {}),
      ...(code.trim() === "" ? { code: "Enter a code." } : {}),
    }),
  });
  const { hasInventory, hasVariants } = form.values;
  const hides = [
    type?.hasInventory === true && !hasInventory ? "stock" : "",
    type?.hasVariants === true && !hasVariants ? "variants" : "",
  ].filter(Boolean);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={labels} />}
        {failure !== null && <FailureNotice {...failure} />}
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <Stack maw="34rem">
            <TextInput label="Name" readOnly={isReadOnly} {...form.getInputProps("name")} />
            <TextInput
              label="Code"
              description={
                type === null
                  ? "Lower-case letters, digits and hyphens, such as gift-card. It can't be changed later."
                  : "The type's name in imports and programs."
              }
              readOnly={type !== null}
              variant={type === null ? "default" : "filled"}
              {...form.getInputProps("code")}
            />
            <Switch
              label="Inventory"
              description="Its products can track stock: units, threshold, alerts."
              disabled={isReadOnly}
              {...form.getInputProps("hasInventory", { type: "checkbox" })}
            />
            <Switch
              label="Variants"
              description="Its products can come in variants, such as sizes and colours."
              disabled={isReadOnly}
              {...form.getInputProps("hasVariants", { type: "checkbox" })}
            />
            <Text size="sm" role="status">
              {hides.length > 0 &&
                `If you turn this off, the ${hides.join(" and ")} of its products are hidden and orders ignore them. Nothing is deleted: you can turn it on again.`}
            </Text>
          </Stack>
        </Paper>
        {!isReadOnly && (
          <SaveBar
            isDirty={isDirty}
            isSaving={isSaving}
            onDiscard={discard}
            {...(type === null ? { label: "Create product type" } : {})}
          />
        )}
      </Stack>
    </form>
  );
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
    notifyDone(isNew ? `${saved.name} is created.` : "Saved.");
    if (isNew) void navigate(`/settings/product-types/${saved.code}`);
  };
}
