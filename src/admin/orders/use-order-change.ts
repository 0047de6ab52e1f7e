// Sends a change of an order. Each change is safe to repeat, because it has an Idempotency-Key.

import { useQueryClient } from "@tanstack/react-query";
import { useSend } from "../forms/use-send.ts";
import type { ApiProblem } from "../http/api-problem.ts";
import { send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";
import { orderPath, orderQuery } from "./order-queries.ts";
import * as z from "zod";
import { acceptedOrderSchema, orderSchema } from "../../contract/orders.ts";

const changedSchema = z.union([orderSchema, acceptedOrderSchema]);

/** The state of a change, and how to send one. */
export type OrderChange = {
  readonly isSending: boolean;
  readonly problem: ApiProblem | null;
  readonly change: (action: "cancel" | "refund" | "restock" | "pay", body: object) => void;
};

/** Changes the order `id`. `onDone` is called when the page shows the changed order. */
export function useOrderChange(id: string, onDone: () => void): OrderChange {
  const client = useQueryClient();
  const { keyFor, onError } = useIdempotencyKey();
  const { run, isSending, problem } = useSend({
    send: ({ action, body }: { action: string; body: object }) =>
      send({
        method: "POST",
        path: `${orderPath(id)}/${action}`,
        body,
        idempotencyKey: keyFor({ action, body }),
        answer: changedSchema,
      }),
    onDone: (changed) => {
      // A payment is answered shortly if the order is not decided yet. It is then read again below.
      if ("lines" in changed) client.setQueryData(orderQuery(id).queryKey, changed);
      for (const key of ["orders", "products", "stock", "alerts", "pre-orders"]) {
        void client.invalidateQueries({ queryKey: [key] });
      }
      onDone();
    },
    onRefused: (refusal) => {
      onError(refusal);
      void client.invalidateQueries({ queryKey: orderQuery(id).queryKey });
    },
  });
  return { isSending, problem, change: (action, body) => run({ action, body }) };
}
