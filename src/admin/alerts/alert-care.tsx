// What can be said about one alert: that somebody sees to it, and until which day nobody is to be mailed about it.

import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alertSchema, type AlertReply } from "../../contract/alerts.ts";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { Section } from "../forms/section.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { useMay } from "../session/session.ts";
import { actorWords } from "../words/actors.ts";
import { day, Time } from "../words/time.tsx";

type Said = {
  readonly acknowledged?: boolean;
  readonly note?: string;
  readonly snoozedUntil?: string | null;
};

/** Says it, and reads the alerts again. */
function useSaying({ id }: AlertReply) {
  const queryClient = useQueryClient();
  return useSend({
    send: (body: Said) =>
      send({ method: "PATCH", path: `/alerts/${id}`, body, answer: alertSchema }),
    onDone: async (alert) => {
      await queryClient.invalidateQueries({ queryKey: ["alerts"] });
      notifyDone(
        alert.snoozed === null
          ? "Saved."
          : `Saved. Nobody is mailed about it before ${day(alert.snoozed.until)}.`,
      );
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
    <Section
      title="Who sees to it"
      intro="Say what you have done, so that nobody does it twice. A snooze keeps mails about it back until that day."
    >
      <Stack gap="sm">
        <Text size="sm">
          {acknowledged === null ? (
            "Nobody has said so yet."
          ) : (
            <>
              {actorWords(acknowledged.by)}, <Time at={acknowledged.at} />
              {acknowledged.note !== null && <>: “{acknowledged.note}”</>}
            </>
          )}
        </Text>
        {snoozed !== null && (
          <Text size="sm">
            Snoozed until <Time at={snoozed.until} /> by {actorWords(snoozed.by)}.
          </Text>
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
      ...(until === "" ? {} : { snoozedUntil: new Date(`${until}T00:00`).toISOString() }),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
      aria-label="Who sees to it"
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="Note"
            placeholder="Ordered, expected on Friday"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <TextInput
            label="Snooze until"
            type="date"
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </SimpleGrid>
        <Group>
          <Button type="submit" loading={isSending}>
            I see to it
          </Button>
          {snoozed !== null && (
            <Button
              variant="default"
              loading={isSending}
              onClick={() => run({ snoozedUntil: null })}
            >
              End the snooze
            </Button>
          )}
          {acknowledged !== null && (
            <Button
              variant="default"
              loading={isSending}
              onClick={() => run({ acknowledged: false })}
            >
              Nobody sees to it
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
