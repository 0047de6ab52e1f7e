// Announces a delivery that is on its way.

import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { deliverySchema } from "../../contract/expected-deliveries.ts";
import { notifyDone } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { send } from "../http/request.ts";
import { Page } from "../shell/page.tsx";
import { arrival } from "../words/en/receiving/arrival.tsx";
import { day } from "../words/time.tsx";
import { type Arrival, bodyOf, emptyArrival } from "./arrival.ts";
import { ArrivalForm } from "./arrival-form.tsx";
import { chosenLines } from "./chosen-lines.ts";
import { fromDayField } from "./day-field.ts";
import { deliveryAddress, refreshReceiving } from "./receiving-queries.ts";

const text = arrival.announce;

/** The page. */
export function NewDeliveryPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const [typed, setTyped] = useState("");
  const expectedAt = fromDayField(typed);
  const { run, isSending, problem } = useSend({
    send: (value: Arrival) =>
      send({
        method: "POST",
        path: "/expected-deliveries",
        body: { ...bodyOf(value), expectedAt },
        answer: deliverySchema,
      }),
    onDone: async (delivery) => {
      notifyDone(text.done(delivery.reference, day(delivery.expectedAt)));
      await navigate(deliveryAddress(delivery.id));
      await refreshReceiving(client);
    },
  });
  return (
    <Page title={text.title} back={{ to: "/receiving", label: arrival.back }} intro={text.intro}>
      <ArrivalForm
        label={text.send}
        initial={{ ...emptyArrival, lines: chosenLines(location.state) }}
        reference={text.reference}
        more={
          <TextInput
            type="date"
            label={text.expectedOn}
            description={text.expectedOnHint}
            required
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        }
        missing={expectedAt === null ? arrival.missing.day : null}
        problem={problem}
        isSending={isSending}
        onSend={run}
      />
    </Page>
  );
}
