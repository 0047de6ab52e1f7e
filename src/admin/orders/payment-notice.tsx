// Says above an order what its payment, or the lack of one, means for its stock.

import { Alert } from "@mantine/core";
import { IconClock, IconCreditCardRefund } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { orderPage } from "../words/en/orders/page.tsx";
import { Time } from "../words/time.tsx";
import { isUnpaid } from "./order-words.tsx";

const text = orderPage.payment;

/** The notice; nothing if the payment has no bearing on the stock. */
export function PaymentNotice({ order }: { order: OrderReply }) {
  const { status, payBy, paidAt } = order;
  const until = payBy === null ? null : <Time at={payBy} />;
  if (status === "expired") {
    return <Notice title={text.expired.title}>{text.expired.text(until)}</Notice>;
  }
  if (status === "rejected" && paidAt !== null) {
    return (
      <Alert color="red" icon={<IconCreditCardRefund />} title={text.rejected.title}>
        {text.rejected.text}
      </Alert>
    );
  }
  if (!isUnpaid(order)) return null;
  const words = status === "awaiting-payment" ? text.awaited : text.notPaidYet;
  return <Notice title={words.title(until)}>{words.text(payBy !== null)}</Notice>;
}

function Notice({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <Alert color="gray" icon={<IconClock />} title={title}>
      {children}
    </Alert>
  );
}
