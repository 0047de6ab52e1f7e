// The button that forgets the customer of an order, in all of their orders.

import { Button } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import type * as z from "zod";
import { forgottenCustomerSchema } from "../../contract/customers.ts";
import type { OrderReply } from "../../contract/orders.ts";
import { keyOfCustomer } from "../../domain/customer/same-customer.ts";
import { confirm } from "../forms/confirm.tsx";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { segment, send } from "../http/request.ts";
import { useMay } from "../session/session.ts";
import { customerWords } from "../words/customer.ts";
import { orderPage } from "../words/en/orders/page.tsx";

const text = orderPage.forget;

/** The button; nothing if the person may not, or nothing tells this customer from others. */
export function ForgetCustomer({ order }: { order: OrderReply }) {
  const may = useMay();
  const client = useQueryClient();
  const customer = keyOfCustomer(order.customer);
  const { run, isSending } = useSend<string, z.output<typeof forgottenCustomerSchema>>({
    send: (key) =>
      send({
        method: "DELETE",
        path: `/customers/${segment(key)}`,
        answer: forgottenCustomerSchema,
      }),
    onDone({ orders, hasMore }) {
      void client.invalidateQueries({ queryKey: ["orders"] });
      notifyDone(text.done(orders, hasMore));
    },
    onRefused: notifyFailed,
  });
  if (customer === null || !may("orders:manage")) return null;
  const ask = (): void =>
    confirm({
      title: text.title(customerWords(customer)),
      text: text.text,
      verb: text.verb,
      onYes: () => run(customer),
    });
  return (
    <Button
      variant="default"
      size="xs"
      mt="md"
      leftSection={<IconEraser size={16} />}
      onClick={ask}
      loading={isSending}
    >
      {text.button}
    </Button>
  );
}
