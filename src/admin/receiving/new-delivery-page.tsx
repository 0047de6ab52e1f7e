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
import { day } from "../words/time.tsx";
import { type Arrival, bodyOf, emptyArrival } from "./arrival.ts";
import { ArrivalForm } from "./arrival-form.tsx";
import { chosenLines } from "./chosen-lines.ts";
import { fromDayField } from "./day-field.ts";
import { deliveryAddress, refreshReceiving } from "./receiving-queries.ts";

/** The page. */
export function NewDeliveryPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const [value, setValue] = useState("");
  const expectedAt = fromDayField(value);
  const { run, isSending, problem } = useSend({
    send: (arrival: Arrival) =>
      send({
        method: "POST",
        path: "/expected-deliveries",
        body: { ...bodyOf(arrival), expectedAt },
        answer: deliverySchema,
      }),
    onDone: async (delivery) => {
      notifyDone(`${delivery.reference} is expected on ${day(delivery.expectedAt)}.`);
      await navigate(deliveryAddress(delivery.id));
      await refreshReceiving(client);
    },
  });
  return (
    <Page
      title="Announce a delivery"
      back={{ to: "/receiving", label: "Receiving" }}
      intro="Changes no count. Products and alerts show what is on its way until you receive it."
    >
      <ArrivalForm
        label="Announce the delivery"
        initial={{ ...emptyArrival, lines: chosenLines(location.state) }}
        reference={{
          label: "Order number",
          description: "The number of your order at the supplier.",
        }}
        more={
          <TextInput
            type="date"
            label="Expected on"
            description="When it should arrive."
            required
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        }
        missing={expectedAt === null ? "Fill in the day on which it is expected." : null}
        problem={problem}
        isSending={isSending}
        onSend={run}
      />
    </Page>
  );
}
