// The form of how the person is told of alerts: at once or once a day, quiet hours, a pause, and watched items.

import { Checkbox, NativeSelect, SimpleGrid, Stack, Textarea, TextInput } from "@mantine/core";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { type AlertMails, alertMailsSchema } from "../../contract/alert-mails.ts";
import { type MailMode, mailModes } from "../../domain/alerting/mail-choice.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { read, send } from "../http/request.ts";
import { Loaded } from "../shell/loaded.tsx";

const alertMailsQuery = queryOptions({
  queryKey: ["alert-mails"],
  queryFn: ({ signal }) => read("/session/alert-mails", alertMailsSchema, { signal }),
});

const modes: Readonly<Record<MailMode, { readonly label: string; readonly meaning: string }>> = {
  "at-once": {
    label: "At once",
    meaning: "A mail about each item. If many become low together, you get one mail.",
  },
  daily: { label: "Once a day", meaning: "One mail with everything since the last one." },
  off: { label: "Not at all", meaning: "You still see alerts here." },
};

const modeOf = (value: string): MailMode => mailModes.find((mode) => mode === value) ?? "at-once";

/** The form, once the choice is read. */
export function AlertMailsForm() {
  const query = useQuery(alertMailsQuery);
  return <Loaded query={query}>{(stored) => <ChoiceForm stored={stored} />}</Loaded>;
}

/** The choice as the form has it. Items are separated by commas, and a pause ends with a day. */
function toValues(stored: AlertMails | null) {
  const { mode = "at-once", dailyAt = "08:00", timeZone = "UTC" } = stored ?? {};
  return {
    mode,
    dailyAt,
    timeZone,
    hasQuietHours: (stored?.quietHours ?? null) !== null,
    quietFrom: stored?.quietHours?.from ?? "22:00",
    quietUntil: stored?.quietHours?.until ?? "07:00",
    pausedUntil: dayOf(stored?.pausedUntil ?? null),
    watching: stored?.watching.join(", ") ?? "",
  };
}

function toBody(values: ReturnType<typeof toValues>): AlertMails {
  const { dailyAt, timeZone, hasQuietHours, quietFrom, quietUntil, pausedUntil, watching } = values;
  return {
    mode: modeOf(values.mode),
    dailyAt,
    timeZone,
    quietHours: hasQuietHours ? { from: quietFrom, until: quietUntil } : null,
    pausedUntil: pausedUntil === "" ? null : new Date(`${pausedUntil}T00:00`).toISOString(),
    watching: watching.split(/[,\n]/).flatMap((sku) => (sku.trim() === "" ? [] : [sku.trim()])),
  };
}

function ChoiceForm({ stored }: { stored: AlertMails }) {
  const queryClient = useQueryClient();
  const { form, submit, isSaving, isDirty, discard, failure } = useEditForm({
    stored,
    versionOf: () => 0,
    toValues,
    schema: alertMailsSchema,
    validate: ({ hasQuietHours, quietFrom, quietUntil }): Record<string, string> =>
      hasQuietHours && quietFrom === quietUntil
        ? { quietUntil: "Choose another time than the beginning." }
        : {},
    save: (values) =>
      send({
        method: "PUT",
        path: "/session/alert-mails",
        body: toBody(values),
        answer: alertMailsSchema,
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(alertMailsQuery.queryKey, saved);
      notifyDone("Saved. Mails that wait for you follow it too.");
    },
  });
  const { mode, hasQuietHours } = form.getValues();
  return (
    <form onSubmit={submit} noValidate aria-label="Mails about alerts">
      <Stack gap="lg">
        {failure !== null && <FailureNotice {...failure} />}
        <Section
          title="Mails about alerts"
          intro="Members of store-managers are told of every item. You can watch single items without being one."
        >
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="How you are told"
              description={modes[modeOf(mode)].meaning}
              data={mailModes.map((value) => ({ value, label: modes[value].label }))}
              {...form.getInputProps("mode")}
            />
            <TextInput
              label="Daily mail at"
              description="Only for one mail a day."
              type="time"
              disabled={mode !== "daily"}
              {...form.getInputProps("dailyAt")}
            />
            <NativeSelect
              label="Time zone"
              description="All hours here are in this zone."
              data={zones(stored.timeZone)}
              {...form.getInputProps("timeZone")}
            />
          </SimpleGrid>
          <Checkbox
            label="Quiet hours"
            description="No mail is sent in them. What comes meanwhile is mailed at their end."
            {...form.getInputProps("hasQuietHours", { type: "checkbox" })}
          />
          {hasQuietHours && (
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput label="From" type="time" {...form.getInputProps("quietFrom")} />
              <TextInput label="Until" type="time" {...form.getInputProps("quietUntil")} />
            </SimpleGrid>
          )}
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="Pause until"
              description="Nothing is mailed before that day. Empty: no pause."
              type="date"
              {...form.getInputProps("pausedUntil")}
            />
          </SimpleGrid>
          <Textarea
            label="Items that you watch"
            description="SKUs of products or variants, separated by commas. A product includes its variants."
            autosize
            minRows={1}
            {...form.getInputProps("watching")}
          />
        </Section>
        <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />
      </Stack>
    </form>
  );
}

/** The zones to choose from: the stored one, this browser's, UTC, and all others. */
function zones(stored: string): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([stored, own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/** The day of an instant in this browser's zone, as a date field has it. */
function dayOf(at: string | null): string {
  if (at === null) return "";
  const moment = new Date(at);
  return [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}
