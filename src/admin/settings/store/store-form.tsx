// The form of the store's settings.

import { Checkbox, Paper, Stack, TextInput, Title, NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type StockTaking, stockTakings } from "../../../domain/order/payment.ts";
import { languageNames, languages } from "../../../domain/language/languages.ts";
import { storeSchema } from "../../../contract/store.ts";
import { usualLeadDays } from "../../../domain/forecast/reorder.ts";
import { FailureNotice } from "../../forms/failure-notice.tsx";
import { SaveBar } from "../../forms/save-bar.tsx";
import { StaleNotice } from "../../forms/stale-notice.tsx";
import { notifyDone } from "../../forms/notify.tsx";
import { leadDaysLimits, type NumberField, unitsFault } from "../../forms/units-field.ts";
import { UnitsInput } from "../../forms/units-input.tsx";
import { useEditForm } from "../../forms/use-edit-form.ts";
import { send } from "../../http/request.ts";
import { sessionQuery, useMay } from "../../session/session.ts";
import { store as text } from "../../words/en/settings/store.ts";
import { settings } from "../../words/en/settings/shared.ts";
import { type Store, storeQuery } from "./store-query.ts";

const { labels } = text;
const { takings } = text.orders;

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
      leadDays: fieldOf(stored?.leadDays),
      language: stored?.language ?? "en",
    }),
    schema: storeSchema,
    save: ({ name, restockOnReturn, takeStock, leadDays, language, ...addresses }, base) =>
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
          leadDays: typeof leadDays === "number" ? leadDays : null,
          language,
        },
        answer: storeSchema,
        ...(base === null ? {} : { version: base.version }),
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(storeQuery.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      notifyDone(text.saved);
    },
    validate: ({ name, leadDays }) => {
      const fault = unitsFault(leadDays, leadDaysLimits);
      return {
        ...(name.trim() === "" ? { name: settings.faults.noName } : {}),
        ...(fault === null ? {} : { leadDays: fault }),
      };
    },
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
              description={text.nameHint}
              readOnly={readOnly}
              {...form.getInputProps("name")}
            />
            <Title order={2} size="h4" mt="sm">
              {text.orders.title}
            </Title>
            <NativeSelect
              label={labels.takeStock}
              description={takings[takingOf(form.getValues().takeStock)].meaning}
              data={stockTakings.map((value) => ({ value, label: takings[value].label }))}
              disabled={readOnly}
              {...form.getInputProps("takeStock")}
            />
            <UnitsInput
              label={labels.leadDays}
              description={text.orders.leadDaysHint(usualLeadDays)}
              limits={leadDaysLimits}
              readOnly={readOnly}
              {...form.getInputProps("leadDays")}
            />
            <Title order={2} size="h4" mt="sm">
              {text.mails.title}
            </Title>
            <TextInput
              label={labels.mailFromName}
              description={text.mails.fromNameHint(mailFromName)}
              placeholder={mailFromName}
              readOnly={readOnly}
              {...form.getInputProps("mailFromName")}
            />
            <TextInput
              label={labels.mailFromEmail}
              type="email"
              description={text.mails.fromEmailHint(mailFromEmail)}
              placeholder={mailFromEmail}
              readOnly={readOnly}
              {...form.getInputProps("mailFromEmail")}
            />
            <TextInput
              label={labels.replyToEmail}
              type="email"
              description={text.mails.replyToHint}
              readOnly={readOnly}
              {...form.getInputProps("replyToEmail")}
            />
            <NativeSelect
              label={labels.language}
              description={text.mails.languageHint}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
              disabled={readOnly}
              {...form.getInputProps("language")}
            />
            <Title order={2} size="h4" mt="sm">
              {text.returns.title}
            </Title>
            <Checkbox
              label={labels.restockOnReturn}
              description={text.returns.restockHint}
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

const fieldOf = (stored: number | null | undefined): NumberField => stored ?? "";

function shown(field: keyof typeof labels, value: NumberField | boolean): string | undefined {
  if (typeof value !== "string") return undefined;
  if (field === "takeStock") return takings[takingOf(value)].label;
  const language = languages.find((known) => field === "language" && known === value);
  return language === undefined ? undefined : languageNames[language];
}

function orNull(typed: string): string | null {
  const trimmed = typed.trim();
  return trimmed === "" ? null : trimmed;
}
