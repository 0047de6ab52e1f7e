// What can be said about one alert: that somebody sees to it, and until which day nobody is to be mailed about it.

import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AlertReply } from "../../contract/alerts.ts";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { Section } from "../forms/section.tsx";
import { useSend } from "../forms/use-send.ts";
import { useMay } from "../session/session.ts";
import { actorWords } from "../words/actors.ts";
import { startOfDayField } from "../words/formats.ts";
import { day, Time } from "../words/time.tsx";
import { alerts } from "../words/en/alerts.tsx";
import { type Said, sayOfAlert } from "./alert-queries.ts";

const text = alerts.care;

/** Says it, and reads the alerts again. */
function useSaying({ id }: AlertReply) {
  const queryClient = useQueryClient();
  return useSend({
    send: (said: Said) => sayOfAlert(id, said),
    onDone: async (alert) => {
      await queryClient.invalidateQueries({ queryKey: ["alerts"] });
      notifyDone(alert.snoozed === null ? text.saved : text.savedSnooze(day(alert.snoozed.until)));
    },
    onRefused: notifyFailed,
  });
}

/** Who sees to an alert and until when it is snoozed, with what a person may do. */
export function AlertCare({ alert }: { alert: AlertReply }) {
  const may = useMay();
  const { run, isSending } = useSaying(alert);
  const { acknowledged, snoozed } = alert;
  return (
    <Section title={text.title} intro={text.intro}>
      <Stack gap="sm">
        <Text size="sm">
          {acknowledged === null
            ? text.nobody
            : text.by(
                actorWords(acknowledged.by),
                <Time at={acknowledged.at} />,
                acknowledged.note,
              )}
        </Text>
        {snoozed !== null && (
          <Text size="sm">{text.snoozed(<Time at={snoozed.until} />, actorWords(snoozed.by))}</Text>
        )}
        {may("stock:write") && <CareForm alert={alert} run={run} isSending={isSending} />}
      </Stack>
    </Section>
  );
}

type CareFormProps = {
  readonly alert: AlertReply;
  readonly run: (said: Said) => void;
  readonly isSending: boolean;
};

function CareForm({ alert: { acknowledged, snoozed }, run, isSending }: CareFormProps) {
  const [note, setNote] = useState(acknowledged?.note ?? "");
  const [until, setUntil] = useState("");
  const say = (): void =>
    run({
      acknowledged: true,
      ...(note.trim() === "" ? {} : { note: note.trim() }),
      ...(until === "" ? {} : { snoozedUntil: startOfDayField(until).toISOString() }),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
      aria-label={text.title}
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={text.note}
            placeholder={text.noteExample}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <TextInput
            label={text.snoozeUntil}
            type="date"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Group>
          <Button type="submit" loading={isSending}>
            {text.say}
          </Button>
          {snoozed !== null && (
            <Button
              variant="default"
              loading={isSending}
              onClick={() => run({ snoozedUntil: null })}
            >
              {text.endSnooze}
            </Button>
          )}
          {acknowledged !== null && (
            <Button
              variant="default"
              loading={isSending}
              onClick={() => run({ acknowledged: false })}
            >
              {text.takeBack}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
