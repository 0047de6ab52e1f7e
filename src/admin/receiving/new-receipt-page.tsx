// Receives what arrived. The form is filled with what is still on its way of a delivery, or with one item, if the
// address names it.

import { Alert, Anchor } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { DeliveryReply } from "../../contract/expected-deliveries.ts";
import { receiptSchema } from "../../contract/receipts.ts";
import { notifyDone } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { productQuery } from "../products/product-queries.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { count } from "../words/numbers.ts";
import { day } from "../words/time.tsx";
import { type Arrival, bodyOf, emptyArrival } from "./arrival.ts";
import { ArrivalForm } from "./arrival-form.tsx";
import { itemsOf } from "./item-search.tsx";
import {
  deliveryAddress,
  deliveryQuery,
  receiptAddress,
  receiptQuery,
  refreshReceiving,
} from "./receiving-queries.ts";

/** The page. */
export function NewReceiptPage() {
  const [params] = useSearchParams();
  const delivery = params.get("delivery");
  const sku = params.get("sku");
  return (
    <Page
      title="Receive"
      back={{ to: "/receiving", label: "Receiving" }}
      intro="Adds the units to stock, all of them or none. You can't undo it, but you can correct a count on the product list."
    >
      {delivery !== null ? (
        <OfDelivery reference={delivery} key={delivery} />
      ) : sku !== null ? (
        <OfProduct sku={sku} key={sku} />
      ) : (
        <ReceiptForm initial={emptyArrival} delivery={null} />
      )}
    </Page>
  );
}

function OfDelivery({ reference }: { reference: string }) {
  // What is typed must not change when the delivery is read again.
  const query = useQuery({ ...deliveryQuery(reference), refetchOnWindowFocus: false });
  return (
    <Loaded query={query}>
      {(delivery) => <ReceiptForm initial={restOf(delivery)} delivery={delivery} />}
    </Loaded>
  );
}

function OfProduct({ sku }: { sku: string }) {
  const query = useQuery({ ...productQuery(sku), refetchOnWindowFocus: false });
  return (
    <Loaded query={query}>
      {(product) => {
        const lines = itemsOf(product).map((item) => ({ ...item, units: "" }));
        return <ReceiptForm initial={{ ...emptyArrival, lines }} delivery={null} />;
      }}
    </Loaded>
  );
}

/** What is still on its way. */
function restOf({ supplier, lines }: DeliveryReply): Arrival {
  const rest = lines.filter(({ incoming }) => incoming > 0);
  return {
    ...emptyArrival,
    supplier: supplier ?? "",
    lines: rest.map(({ sku, name, incoming }) => ({ sku, name: name ?? sku, units: incoming })),
  };
}

type ReceiptFormProps = { readonly initial: Arrival; readonly delivery: DeliveryReply | null };

function ReceiptForm({ initial, delivery }: ReceiptFormProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { run, isSending, problem, answer } = useSend({
    send: async (arrival: Arrival) => {
      const of = delivery === null ? {} : { expectedDelivery: delivery.reference };
      const known = await findReceipt(arrival.reference.trim());
      if (known !== null) return { known, receipt: null };
      const body = { ...bodyOf(arrival), ...of };
      const receipt = await send({
        method: "POST",
        path: "/receipts",
        body,
        answer: receiptSchema,
      });
      return { known: null, receipt };
    },
    onDone: async ({ receipt }) => {
      if (receipt === null) return;
      notifyDone(`${count(receipt.units, "unit")} received.`);
      await navigate(receiptAddress(receipt.id));
      await refreshReceiving(client);
    },
  });

  /** The receipt that has this reference already. A person who uses it again must see that nothing is added. */
  async function findReceipt(reference: string) {
    try {
      return await client.fetchQuery({ ...receiptQuery(reference), retry: false, staleTime: 0 });
    } catch (error) {
      if (toProblem(error).status === 404) return null;
      throw error;
    }
  }

  const known = answer?.known ?? null;
  return (
    <>
      {delivery !== null && (
        <Alert color="blue" title={`Of delivery ${delivery.reference}`}>
          The items below are what is still on the way. Change the units to what really came.{" "}
          <Anchor component={Link} to={deliveryAddress(delivery.id)} inherit underline="always">
            Show the delivery
          </Anchor>
        </Alert>
      )}
      {known !== null && (
        <Alert color="orange" title="This was received already" role="alert">
          {known.reference} was received on {day(known.receivedAt)}, so nothing was added.{" "}
          <Anchor component={Link} to={receiptAddress(known.id)} inherit underline="always">
            Look at it
          </Anchor>
          , or use another number if this is another delivery.
        </Alert>
      )}
      <ArrivalForm
        label="Receive"
        initial={initial}
        reference={{
          label: "Delivery note number",
          description: "Each number is received once.",
        }}
        problem={problem}
        isSending={isSending}
        onSend={run}
      />
    </>
  );
}
