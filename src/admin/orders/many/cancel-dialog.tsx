// The dialog that asks before the chosen orders are cancelled: how many, which can't be, and what becomes of the units.

import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import type { OrderReply } from "../../../contract/orders.ts";
import { RefusedList } from "../../lists/refused-items.tsx";
import { useSession } from "../../session/session.ts";
import { manyOrders } from "../../words/en/many.ts";
import { type PutBackReason, ReasonField } from "../reason-field.tsx";
import { type CancelPlan, planCancel } from "./cancel-plan.ts";

/** What the orders are cancelled with. */
export type Cancelling = {
  readonly restock: boolean;
  readonly reason: PutBackReason;
  readonly note: string;
};

type CancelDialogProps = {
  readonly chosen: readonly OrderReply[];
  readonly onCancel: (orders: readonly OrderReply[], how: Cancelling) => void;
  readonly onClose: () => void;
};

/** The dialog. It is about the orders as they were when it opened; what changes meanwhile is refused one by one. */
export function CancelDialog({ chosen, onCancel, onClose }: CancelDialogProps) {
  const { restockOnReturn } = useSession();
  const [plan] = useState(() => planCancel(chosen));
  const [restock, setRestock] = useState(restockOnReturn);
  const [reason, setReason] = useState<PutBackReason>("return");
  const [note, setNote] = useState("");
  const { orders, kept, returnable } = plan;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onCancel(orders, { restock, reason, note: note.trim() });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} size="lg" title={titleOf(orders.length)}>
      <form onSubmit={submit}>
        <Stack>
          {kept.length > 0 && (
            <Alert color="orange" title={manyOrders.cantBe(kept.length)}>
              <RefusedList refused={kept} />
            </Alert>
          )}
          {returnable > 0 && (
            <Checkbox
              label={manyOrders.putBack(returnable)}
              description={restock ? manyOrders.comeBack : manyOrders.stayAway(returnable)}
              checked={restock}
              onChange={(event) => setRestock(event.currentTarget.checked)}
            />
          )}
          {returnable > 0 && restock && <ReasonField value={reason} onChange={setReason} />}
          <OtherUnits plan={plan} />
          {orders.length > 0 && (
            <Textarea
              label={manyOrders.note}
              description={manyOrders.noteHint}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value.replaceAll("\n", " "))}
              maxLength={500}
              autosize
              minRows={2}
              data-autofocus
            />
          )}
          {orders.length > 0 && <Text size="sm">{manyOrders.final}</Text>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {manyOrders.keep(chosen.length)}
            </Button>
            {orders.length > 0 && (
              <Button type="submit" color="red.9">
                {manyOrders.cancel(orders.length)}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const titleOf = (orders: number): string =>
  orders === 0 ? manyOrders.noneCanBe : manyOrders.cancelTitle(orders);

/** The units that come back in no case, and why. */
function OtherUnits({ plan: { promised, uncounted, undecided } }: { readonly plan: CancelPlan }) {
  const sentences = [
    ...(promised > 0 ? [manyOrders.promised(promised)] : []),
    ...(uncounted > 0 ? [manyOrders.uncounted(uncounted)] : []),
    ...(undecided > 0 ? [manyOrders.undecided(undecided)] : []),
  ];
  if (sentences.length === 0) return null;
  return (
    <List size="sm">
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
}
