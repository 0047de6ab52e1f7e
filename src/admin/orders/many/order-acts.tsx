// What can be done with the chosen orders, and how it went.

import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { exportedByIdMax, orderSchema, type OrderReply } from "../../../contract/orders.ts";
import { toProblem } from "../../http/api-problem.ts";
import { send } from "../../http/request.ts";
import { ActionBar, ActionDock } from "../../lists/action-bar.tsx";
import { NotDone } from "../../lists/do-many.ts";
import { ExportButton } from "../../lists/export-button.tsx";
import { ManyDone } from "../../lists/many-done.tsx";
import { RefusedItems } from "../../lists/refused-items.tsx";
import { useMany } from "../../lists/use-many.ts";
import type { Selection } from "../../lists/use-selection.ts";
import { useMay } from "../../session/session.ts";
import { manyOrders } from "../../words/en/many.ts";
import { orderPath } from "../order-queries.ts";
import { CancelDialog, type Cancelling } from "./cancel-dialog.tsx";
import { unitsBack } from "./cancel-plan.ts";

type Cancellation = { readonly order: OrderReply; readonly how: Cancelling };

/** The bar and the notices. Orders that could not be cancelled stay chosen. */
export function OrderActs({ selection }: { selection: Selection<OrderReply> }) {
  const may = useMay();
  const { chosen, clear, choose } = selection;
  const [isCancelling, setIsCancelling] = useState(false);
  const { run, isSending, outcome, refused, clearRefused, close } = useMany({
    act: cancel,
    nameOf: ({ order }: Cancellation) => order.reference,
    refresh: ["orders", "products", "stock", "alerts", "pre-orders", "overview"],
    onDone: ({ done }) =>
      choose(
        done.map(({ item }) => item.order),
        false,
      ),
  });
  const done = outcome?.done ?? [];
  const back = done.reduce(
    (units, { item, answer }) => units + unitsBack(answer) - unitsBack(item.order),
    0,
  );
  const isTooMany = chosen.length > exportedByIdMax;
  return (
    <ActionDock>
      <RefusedItems
        refused={refused}
        all={outcome?.all ?? refused.length}
        one="order"
        onClose={clearRefused}
      />
      {done.length > 0 && (
        <ManyDone isSending={isSending} onClose={close}>
          {manyOrders.cancelled(done.length, back)}
        </ManyDone>
      )}
      <ActionBar chosen={chosen.length} onClear={clear}>
        {isTooMany ? (
          <Text size="sm">{manyOrders.tooManyToExport(exportedByIdMax)}</Text>
        ) : (
          <ExportButton path="/order-export" query={{ id: chosen.map(({ id }) => id) }} size="xs">
            {manyOrders.exportChosen(chosen.length)}
          </ExportButton>
        )}
        {may("orders:manage") && (
          <Button
            size="xs"
            variant="default"
            loading={isSending}
            onClick={() => setIsCancelling(true)}
          >
            {manyOrders.cancel(chosen.length)}
          </Button>
        )}
      </ActionBar>
      {isCancelling && (
        <CancelDialog
          chosen={chosen}
          onCancel={(orders, how) => run(orders.map((order) => ({ order, how })))}
          onClose={() => setIsCancelling(false)}
        />
      )}
    </ActionDock>
  );
}

/** A whole order is cancelled, so a request that is sent twice has no second effect and needs no key. */
async function cancel({ order, how: { note, ...how } }: Cancellation): Promise<OrderReply> {
  try {
    return await send({
      method: "POST",
      path: `${orderPath(order.id)}/cancel`,
      body: { ...how, ...(note === "" ? {} : { note }) },
      answer: orderSchema,
    });
  } catch (error) {
    const { errors } = toProblem(error);
    const isDeleted = errors.some(({ pointer }) => pointer === "/restock");
    throw isDeleted ? new NotDone(manyOrders.itemsDeleted) : error;
  }
}
