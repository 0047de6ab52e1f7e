// Says above an order what its payment, or the lack of one, means for its stock.

import { Alert } from "@mantine/core";
import { IconClock, IconCreditCardRefund } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { OrderReply } from "../../contract/orders.ts";
import { Time } from "../words/time.tsx";
import { isUnpaid } from "./order-words.tsx";

/** The notice; nothing if the payment has no bearing on the stock. */
export function PaymentNotice({ order }: { order: OrderReply }) {
  const { status, payBy, paidAt } = order;
  if (status === "expired") {
    return (
      <Notice title="Expired: not paid in time">
        {payBy === null ? "It" : <>It was to be paid by {until(payBy)}. It</>} holds no stock any
        more: what it had taken is back. If it was paid after all, it can be taken once more as long
        as all of it is available.
      </Notice>
    );
  }
  if (status === "rejected" && paidAt !== null) {
    return (
      <Alert color="red" icon={<IconCreditCardRefund />} title="Paid, but rejected: refund it">
        Its stock was gone when it was paid. Give the payment back.
      </Alert>
    );
  }
  if (!isUnpaid(order)) return null;
  const takesLater = status === "awaiting-payment";
  return (
    <Notice
      title={
        <>
          {takesLater ? "Awaiting payment" : "Not paid yet"}
          {payBy !== null && <>, until {until(payBy)}</>}
        </>
      }
    >
      {takesLater && "It takes its stock once it is paid. "}
      {payBy !== null &&
        (takesLater
          ? "If it is not paid by then, it expires."
          : "If it is not paid by then, it expires and its units go back to stock.")}
    </Notice>
  );
}

const until = (at: string) => <Time at={at} />;

function Notice({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <Alert color="gray" icon={<IconClock />} title={title}>
      {children}
    </Alert>
  );
}
