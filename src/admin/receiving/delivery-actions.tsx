// Changes the day of an open delivery, and closes it with a reason.

import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { type DeliveryReply, deliverySchema } from "../../contract/expected-deliveries.ts";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { notifyDone } from "../forms/notify.tsx";
import { Section } from "../forms/section.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { delivery as text } from "../words/en/receiving/delivery.ts";
import { day } from "../words/time.tsx";
import { dayField, fromDayField } from "./day-field.ts";
import { deliveryPath, refreshReceiving } from "./receiving-queries.ts";

/** The form that moves the delivery to another day. */
export function ChangeDelivery({ delivery }: { delivery: DeliveryReply }) {
  const { id, expectedAt, reference } = delivery;
  const client = useQueryClient();
  const [value, setValue] = useState(dayField(expectedAt));
  const { run, isSending, problem } = useSend({
    send: (at: string) =>
      send({
        method: "PATCH",
        path: deliveryPath(id),
        body: { expectedAt: at },
        answer: deliverySchema,
      }),
    onDone: async (saved) => {
      notifyDone(text.anotherDay.done(reference, day(saved.expectedAt)));
      await refreshReceiving(client);
    },
  });
  const at = fromDayField(value);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (at !== null) run(at);
  };
  return (
    <Section title={text.anotherDay.title} intro={text.anotherDay.intro}>
      <form onSubmit={submit} aria-label={text.anotherDay.title}>
        <Stack>
          {problem !== null && <FailureNotice problem={problem} />}
          <Group align="flex-end">
            <TextInput
              type="date"
              label={text.anotherDay.label}
              value={value}
              onChange={(event) => setValue(event.currentTarget.value)}
            />
            <Button
              type="submit"
              variant="default"
              loading={isSending}
              disabled={at === null || value === dayField(expectedAt)}
            >
              {text.anotherDay.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** The form that closes the delivery. */
export function CloseDelivery({ delivery }: { delivery: DeliveryReply }) {
  const { id, reference, received, incoming } = delivery;
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const { run, isSending, problem } = useSend({
    send: (why: string) =>
      send({
        method: "POST",
        path: `${deliveryPath(id)}/close`,
        body: { reason: why },
        answer: deliverySchema,
      }),
    onDone: async () => {
      notifyDone(text.close.done(reference));
      await refreshReceiving(client);
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (reason.trim() !== "") run(reason.trim());
  };
  const title = received === 0 ? text.close.cancelTitle : text.close.closeTitle;
  const intro = incoming > 0 ? text.close.someAwaited(incoming) : text.close.allCame;
  return (
    <Section title={title} intro={intro}>
      <form onSubmit={submit} aria-label={title}>
        <Stack>
          {problem !== null && <FailureNotice problem={problem} />}
          <TextInput
            label={text.close.reason}
            description={text.close.reasonHint}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            maw="32rem"
          />
          <Group>
            <Button
              type="submit"
              variant="default"
              loading={isSending}
              disabled={reason.trim() === ""}
            >
              {title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
