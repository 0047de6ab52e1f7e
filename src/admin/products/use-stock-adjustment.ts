// Sends a stock adjustment with the count that was shown. The API refuses it if the count has changed.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import { type AdjustedStockReply, adjustedStockSchema } from "../../contract/stock.ts";
import type { stockAdjustmentSchema } from "../../contract/stock-adjustments.ts";
import type { ApiProblem } from "../http/api-problem.ts";
import { useSend } from "../forms/use-send.ts";
import { segment, send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";
import { refreshStock } from "./undo.ts";

/** The adjustment. */
export type Adjustment = Pick<
  z.input<typeof stockAdjustmentSchema>,
  "delta" | "set" | "kind" | "reason" | "note"
>;

/** The state of the adjustment, and how to send it. */
export type StockAdjustment = {
  /** The latest known count. */
  readonly units: number;
  readonly problem: ApiProblem | null;
  readonly isSending: boolean;
  readonly adjust: (adjustment: Adjustment) => void;
};

/**
 * Adjusts the stock of an item whose count was shown as `seen`. If the API refuses it because the count has changed,
 * `units` becomes the new count, and the next attempt expects that. `onDone` gets the reply.
 */
export function useStockAdjustment(
  sku: string,
  seen: number,
  onDone: (reply: AdjustedStockReply) => void,
): StockAdjustment {
  const client = useQueryClient();
  const [units, setUnits] = useState(seen);
  const { keyFor, onError } = useIdempotencyKey();
  const { run, isSending, problem } = useSend({
    send: (adjustment: Adjustment) => {
      const body = { ...adjustment, expectedUnits: units };
      return send({
        method: "POST",
        path: `/stock/${segment(sku)}/adjustments`,
        body,
        idempotencyKey: keyFor(body),
        answer: adjustedStockSchema,
      });
    },
    onDone: async (reply) => {
      onDone(reply);
      await refreshStock(client);
    },
    onRefused: (refusal) => {
      onError(refusal);
      const now = refusal.extra["unitsInStock"];
      if (typeof now === "number") setUnits(now);
    },
  });
  return { units, problem, isSending, adjust: run };
}
