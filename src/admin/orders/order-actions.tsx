// The actions on an order: cancel it, mark it as refunded, restore its stock.

import { Button, Group, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconBan,
  IconCreditCardPay,
  IconReceiptRefund,
} from "@tabler/icons-react";
import type { OrderReply } from "../../contract/orders.ts";
import { mayBecome, mayBeRestocked } from "../../domain/order/order-status.ts";
import { useMay } from "../session/session.ts";
import { orderChanges as text } from "../words/en/orders/changes.ts";
import { isUnpaid } from "./order-words.tsx";
import { PaymentForm } from "./payment-form.tsx";
import { RestockForm } from "./restock-form.tsx";
import { GiveUpForm } from "./give-up-form.tsx";

/** The buttons that the order's status allows. */
export function OrderActions({ order }: { order: OrderReply }) {
  const may = useMay();
  const [cancelling, cancel] = useDisclosure(false);
  const [refunding, refund] = useDisclosure(false);
  const [restocking, restock] = useDisclosure(false);
  const [paying, pay] = useDisclosure(false);
  if (!may("orders:manage")) return null;
  const { status, lines, reference } = order;
  const canRestock =
    mayBeRestocked(status, lines) && lines.some(({ restockable }) => restockable > 0);
  // An open dialog stays open until it has shown the outcome of its request, even if the order's status changes.
  const isOpen = cancelling || refunding || restocking || paying;
  const canBePaid = isUnpaid(order) || status === "expired";
  const canChange = mayBecome(status, "cancelled") || mayBecome(status, "refunded");
  if (!isOpen && !canChange && !canRestock && !canBePaid) return null;
  return (
    <Group gap="xs">
      {canBePaid && (
        <Button leftSection={<IconCreditCardPay size={16} />} onClick={pay.open}>
          {text.buttons.pay}
        </Button>
      )}
      {canRestock && (
        <Button leftSection={<IconArrowBackUp size={16} />} onClick={restock.open}>
          {text.buttons.restock}
        </Button>
      )}
      {mayBecome(status, "refunded") && (
        <Button
          variant="default"
          leftSection={<IconReceiptRefund size={16} />}
          onClick={refund.open}
        >
          {text.buttons.refund}
        </Button>
      )}
      {mayBecome(status, "cancelled") && (
        <Button variant="default" leftSection={<IconBan size={16} />} onClick={cancel.open}>
          {text.buttons.cancel}
        </Button>
      )}
      <Modal opened={paying} onClose={pay.close} title={text.titles.pay(reference)}>
        <PaymentForm order={order} onDone={pay.close} />
      </Modal>
      <Modal
        opened={cancelling}
        onClose={cancel.close}
        title={text.titles.cancel(reference)}
        size="lg"
      >
        <GiveUpForm order={order} to="cancelled" onDone={cancel.close} />
      </Modal>
      <Modal
        opened={refunding}
        onClose={refund.close}
        title={text.titles.refund(reference)}
        size="lg"
      >
        <GiveUpForm order={order} to="refunded" onDone={refund.close} />
      </Modal>
      <Modal
        opened={restocking}
        onClose={restock.close}
        title={text.titles.restock(reference)}
        size="lg"
      >
        <RestockForm order={order} onDone={restock.close} />
      </Modal>
    </Group>
  );
}
