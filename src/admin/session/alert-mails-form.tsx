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
import { type AlertMailsReply, alertMailsReplySchema } from "../../contract/alert-mails.ts";
import type { ReactNode } from "react";
import { mailModes } from "../../domain/alerting/mail-choice.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { SaveBar } from "../forms/save-bar.tsx";
import { Section } from "../forms/section.tsx";
import { useEditForm } from "../forms/use-edit-form.ts";
import { send } from "../http/request.ts";
import { productTypesQuery } from "../settings/product-types/product-type-queries.ts";
import { Loaded } from "../shell/loaded.tsx";
import { alertMails as text } from "../words/en/session/alert-mails.ts";
import { timeFormat, timeZone as ownTimeZone } from "../words/formats.ts";
import { type AlertMailsOf, alertMailsQuery } from "./alert-mails-queries.ts";
import { modeOf, pauseMoment, toBody, toValues } from "./alert-mails-values.ts";
import { useMay } from "./session.ts";

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
    save: (values, base) =>
      send({
        method: "PUT",
        path: of.path,
        body: toBody(values, base),
        answer: alertMailsReplySchema,
      }),
    onSaved: (saved) => {
      queryClient.setQueryData(alertMailsQuery(of).queryKey, saved);
      notifyDone(words.saved);
    },
  });
  const values = form.getValues();
  const { mode, hasQuietHours, timeZone } = values;
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
                description={pauseMeaning(pauseMoment(values, stored), timeZone)}
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

/** When a pause ends: at a moment, or when a day begins. The zone is named if it is another than that of whoever looks. */
function pauseMeaning(moment: string | null, zone: string): string {
  const isOwn = zone === ownTimeZone();
  if (moment === null) return isOwn ? text.pausedUntilHint : text.pausedUntilHintIn(zone);
  const format = timeFormat({ dateStyle: "medium", timeStyle: "short", timeZone: zone });
  const end = format.format(new Date(moment));
  return isOwn ? text.pausedUntilMoment(end) : text.pausedUntilMomentIn(end, zone);
}
