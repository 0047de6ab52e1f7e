// Receives what arrived. The form is filled with what is still on its way of a delivery, or with one item, if the
// address names it.

import { Alert } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import type { DeliveryReply } from "../../contract/expected-deliveries.ts";
import { receiptSchema } from "../../contract/receipts.ts";
import { useSend } from "../forms/use-send.ts";
import { toProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { NoticeLink } from "../parts/notice-link.tsx";
import { notifyWithUndo } from "../products/notify-undoable.tsx";
import { productQuery } from "../products/product-queries.ts";
import { Loaded } from "../shell/loaded.tsx";
import { Page } from "../shell/page.tsx";
import { arrival as arrivalText } from "../words/en/receiving/arrival.tsx";
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
import { undoReceipt } from "./undo-receipt.ts";

const text = arrivalText.receive;

/** The page. */
export function NewReceiptPage() {
  const [params] = useSearchParams();
  const delivery = params.get("delivery");
  const sku = params.get("sku");
  return (
    <Page
      title={text.title}
      back={{ to: "/receiving", label: arrivalText.back }}
      intro={text.intro}
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
      const notice = `received-${receipt.id}`;
      notifyWithUndo(notice, text.done(receipt.units), () => {
        notifications.hide(notice);
        return undoReceipt(client, receipt);
      });
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
        <Alert color="blue" title={text.ofDelivery.title(delivery.reference)}>
          {text.ofDelivery.text}{" "}
          <NoticeLink to={deliveryAddress(delivery.id)}>{text.ofDelivery.show}</NoticeLink>
        </Alert>
      )}
      {known !== null && (
        <Alert color="orange" title={text.known.title} role="alert">
          {text.known.text(known.reference, day(known.receivedAt), (words) => (
            <NoticeLink to={receiptAddress(known.id)}>{words}</NoticeLink>
          ))}
        </Alert>
      )}
      <ArrivalForm
        label={text.send}
        initial={initial}
        reference={text.reference}
        problem={problem}
        isSending={isSending}
        onSend={run}
      />
    </>
  );
}
