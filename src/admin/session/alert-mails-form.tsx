// The form of how a person is told of alerts: at once or once a day, quiet hours, a pause, and what is watched.

import {
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type AlertMails,
  type AlertMailsReply,
  alertMailsReplySchema,
} from "../../contract/alert-mails.ts";
import type { ReactNode } from "react";
import { type MailMode, mailModes } from "../../domain/alerting/mail-choice.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { productTypesQuery } from "../settings/product-types/product-type-queries.ts";
import { Loaded } from "../shell/loaded.tsx";
import { alertMails as text } from "../words/en/session/alert-mails.ts";
import { dayField, startOfDayField, timeZone as ownTimeZone } from "../words/formats.ts";
import { type AlertMailsOf, alertMailsQuery } from "./alert-mails-queries.ts";
import { useMay } from "./session.ts";

const modeOf = (value: string): MailMode => mailModes.find((mode) => mode === value) ?? "at-once";

type FormProps = {
  readonly of: AlertMailsOf;
  /** What the form says to the person themselves, or to somebody else. */
  readonly words: Readonly<Record<"intro" | "how" | "watching" | "types" | "saved", string>>;
  readonly isReadOnly?: boolean;
};

/** The form, once the choice is read. */
export function AlertMailsForm(props: FormProps) {
  const query = useQuery(alertMailsQuery(props.of));
  return (
    <Loaded query={query}>
      {(stored) => <ChoiceForm key={props.of.path} {...props} stored={stored} />}
    </Loaded>
  );
}

/**
 * The choice as the form has it. Items are separated by commas. A pause ends when a day begins in the zone of the form:
 * whoever fills it in may be in another.
 */
function toValues(stored: AlertMailsReply | null) {
  const { mode = "at-once", dailyAt = "08:00", timeZone = "UTC" } = stored ?? {};
  return {
    mode,
    dailyAt,
    timeZone,
    hasQuietHours: (stored?.quietHours ?? null) !== null,
    quietFrom: stored?.quietHours?.from ?? "22:00",
    quietUntil: stored?.quietHours?.until ?? "07:00",
    pausedUntil: dayOf(stored?.pausedUntil ?? null, timeZone),
    watching: stored?.watching.join(", ") ?? "",
    watchingTypes: (stored?.watchingTypes ?? []).toSorted(),
  };
}

function toBody(values: ReturnType<typeof toValues>): AlertMails {
  const { dailyAt, timeZone, hasQuietHours, quietFrom, quietUntil, pausedUntil, ...rest } = values;
  return {
    mode: modeOf(values.mode),
    dailyAt,
    timeZone,
    quietHours: hasQuietHours ? { from: quietFrom, until: quietUntil } : null,
    pausedUntil: pausedUntil === "" ? null : startOfDayField(pausedUntil, timeZone).toISOString(),
    watching: rest.watching
      .split(/[,\n]/)
      .flatMap((sku) => (sku.trim() === "" ? [] : [sku.trim()])),
    watchingTypes: rest.watchingTypes,
  };
}

function ChoiceForm({
  of,
  words,
  stored,
  isReadOnly = false,
}: FormProps & { stored: AlertMailsReply }) {
  const queryClient = useQueryClient();
  const { form, submit, isSaving, isDirty, discard, failure } = useEditForm({
    stored,
    versionOf: () => 0,
    toValues,
    schema: alertMailsReplySchema,
    validate: ({ hasQuietHours, quietFrom, quietUntil }): Record<string, string> =>
      hasQuietHours && quietFrom === quietUntil ? { quietUntil: text.sameTime } : {},
    save: (values) =>
      send({
        method: "PUT",
        path: of.path,
        body: toBody(values),
        answer: alertMailsReplySchema,
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(alertMailsQuery(of).queryKey, saved);
      notifyDone(words.saved);
    },
  });
  const { mode, hasQuietHours, timeZone } = form.getValues();
  return (
    <form onSubmit={submit} noValidate aria-label={text.title}>
      <Stack gap="lg">
        {failure !== null && <FailureNotice {...failure} />}
        <Fieldset variant="unstyled" disabled={isReadOnly} bd={0} p={0} m={0} miw={0}>
          <Section title={text.title} intro={words.intro}>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <NativeSelect
                label={words.how}
                description={text.modes[modeOf(mode)].meaning}
                data={mailModes.map((value) => ({ value, label: text.modes[value].label }))}
                {...form.getInputProps("mode")}
              />
              <TextInput
                label={text.dailyAt}
                description={text.dailyAtHint}
                type="time"
                disabled={mode !== "daily"}
                {...form.getInputProps("dailyAt")}
              />
              <NativeSelect
                label={text.timeZone}
                description={text.timeZoneHint}
                data={zones(stored.timeZone)}
                {...form.getInputProps("timeZone")}
              />
            </SimpleGrid>
            <Checkbox
              label={text.quietHours}
              description={text.quietHoursHint}
              {...form.getInputProps("hasQuietHours", { type: "checkbox" })}
            />
            {hasQuietHours && (
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                <TextInput
                  label={text.quietFrom}
                  type="time"
                  {...form.getInputProps("quietFrom")}
                />
                <TextInput
                  label={text.quietUntil}
                  type="time"
                  {...form.getInputProps("quietUntil")}
                />
              </SimpleGrid>
            )}
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <TextInput
                label={text.pausedUntil}
                description={pauseMeaning(timeZone)}
                type="date"
                {...form.getInputProps("pausedUntil")}
              />
            </SimpleGrid>
            <Textarea
              label={words.watching}
              description={text.watchingHint}
              autosize
              minRows={1}
              {...form.getInputProps("watching")}
            />
            <TypeBoxes
              label={words.types}
              value={form.values.watchingTypes}
              error={form.errors["watchingTypes"]}
              onChange={(codes) => form.setFieldValue("watchingTypes", codes.toSorted())}
            />
          </Section>
        </Fieldset>
        {!isReadOnly && <SaveBar isDirty={isDirty} isSaving={isSaving} onDiscard={discard} />}
      </Stack>
    </form>
  );
}

type TypeBoxesProps = {
  readonly label: string;
  readonly value: string[];
  readonly error: ReactNode;
  readonly onChange: (codes: string[]) => void;
};

/** A box for each product type. Who may not read the catalogue sees none, and what is watched stays. */
function TypeBoxes({ label, value, error, onChange }: TypeBoxesProps) {
  const may = useMay();
  const { data: types = [] } = useQuery({
    ...productTypesQuery,
    enabled: may("catalogue:read"),
  });
  if (types.length === 0) return null;
  return (
    <Checkbox.Group
      label={label}
      description={text.watchingTypesHint}
      value={value}
      onChange={onChange}
      error={error}
    >
      <Group gap="md" mt="xs">
        {types.map(({ code, name }) => (
          <Checkbox key={code} value={code} label={name} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

/** The zones to choose from: the stored one, this browser's, UTC, and all others. */
function zones(stored: string): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return [...new Set([stored, own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}

/** The day of an instant in a zone, as a date field has it. */
function dayOf(at: string | null, zone: string): string {
  if (at === null) return "";
  return dayField(new Date(at), zone);
}

/** When a pause ends. The zone is named if it is another than that of whoever looks. */
const pauseMeaning = (zone: string): string =>
  zone === ownTimeZone() ? text.pausedUntilHint : text.pausedUntilHintIn(zone);
