// The form of the store's settings.

import { Checkbox, Paper, Stack, TextInput, Title, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type StockTaking, stockTakings } from "../../../domain/order/payment.ts";
import { storeSchema } from "../../../contract/store.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { send } from "../../http/request.ts";
import { sessionQuery, useMay } from "../../session/session.ts";
import { type Store, storeQuery } from "./store-query.ts";

const labels = {
  name: "Store name",
  mailFromName: "Sender name",
  mailFromEmail: "Sender address",
  replyToEmail: "Reply-to address",
  restockOnReturn: "Put units back to stock when they are cancelled or refunded",
  takeStock: "When is stock taken?",
};

/** What a manager reads for each choice, and what it means for orders. */
const takings: Readonly<Record<StockTaking, { readonly label: string; readonly meaning: string }>> =
  {
    placed: {
      label: "When an order is placed",
      meaning: "An order gets its units at once, or is rejected, whether it is paid or not.",
    },
    paid: {
      label: "When an order is paid",
      meaning:
        "A new order awaits its payment and takes no units. If they are sold before it is paid, it is rejected and has to be refunded.",
    },
  };

const takingOf = (value: string): StockTaking => (value === "paid" ? "paid" : "placed");

/** The form. It is read-only for people who may not edit the settings. */
export function StoreForm({ store }: { store: Store }) {
  const may = useMay();
  const queryClient = useQueryClient();
  const readOnly = !may("admin:write");
  const { form, submit, isSaving, isDirty, discard, failure, stale } = useEditForm({
    stored: store,
    versionOf: ({ version }) => version,
    toValues: (stored) => ({
      name: stored?.name ?? "",
      mailFromName: stored?.mailFromName ?? "",
      mailFromEmail: stored?.mailFromEmail ?? "",
      replyToEmail: stored?.replyToEmail ?? "",
      restockOnReturn: stored?.restockOnReturn ?? false,
      takeStock: stored?.takeStock ?? "placed",
    }),
    schema: storeSchema,
    save: ({ name, restockOnReturn, takeStock, ...addresses }, base) =>
      send({
        method: "PUT",
        path: "/store",
        body: {
          name: name.trim(),
          mailFromName: orNull(addresses.mailFromName),
          mailFromEmail: orNull(addresses.mailFromEmail),
          replyToEmail: orNull(addresses.replyToEmail),
          restockOnReturn,
          takeStock,
        },
        answer: storeSchema,
        ...(base === null ? {} : { version: base.version }),
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(storeQuery.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notifyDone("Saved. The next mail and the next order use these settings.");
    },
    validate: ({ name }) => (name.trim() === "" ? { name: "Enter a name." } : {}),
  });
  const { mailFromName, mailFromEmail } = store.configured;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        {stale !== null && <StaleNotice stale={stale} labels={labels} show={shown} />}
        {failure !== null && <FailureNotice {...failure} />}
        <Paper withBorder p="lg" bg="var(--tally-card)">
          <Stack maw="34rem">
            <TextInput
              label={labels.name}
              description="Shown at the top of every mail."
              readOnly={readOnly}
              {...form.getInputProps("name")}
            />
            <Title order={2} size="h4" mt="sm">
              Orders
            </Title>
            <NativeSelect
              label={labels.takeStock}
              description={takings[takingOf(form.getValues().takeStock)].meaning}
              data={stockTakings.map((value) => ({ value, label: takings[value].label }))}
              disabled={readOnly}
              {...form.getInputProps("takeStock")}
            />
            <Title order={2} size="h4" mt="sm">
              Mails
            </Title>
            <TextInput
              label={labels.mailFromName}
              description={`If empty: ${mailFromName}, from the service's settings.`}
              placeholder={mailFromName}
              readOnly={readOnly}
              {...form.getInputProps("mailFromName")}
            />
            <TextInput
              label={labels.mailFromEmail}
              type="email"
              description={`The mail server must accept this address. If empty: ${mailFromEmail}.`}
              placeholder={mailFromEmail}
              readOnly={readOnly}
              {...form.getInputProps("mailFromEmail")}
            />
            <TextInput
              label={labels.replyToEmail}
              type="email"
              description="Replies go to this address. If empty: to the sender."
              readOnly={readOnly}
              {...form.getInputProps("replyToEmail")}
            />
            <Title order={2} size="h4" mt="sm">
              Returns
            </Title>
            <Checkbox
              label={labels.restockOnReturn}
              description="This is the choice when somebody cancels or refunds an order. They can make another one for that order. Without it, units are restored by hand."
              disabled={readOnly}
              {...form.getInputProps("restockOnReturn", { type: "checkbox" })}
            />
          </Stack>
        </Paper>
        {!readOnly && <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />}
      </Stack>
    </form>
  );
}

function shown(field: keyof typeof labels, value: string | boolean): string | undefined {
  return field === "takeStock" && typeof value === "string"
    ? takings[takingOf(value)].label
    : undefined;
}

function orNull(typed: string): string | null {
  const text = typed.trim();
  return text === "" ? null : text;
}
