// Sends an adjustment of a count, with the count that was looked at, so that it is refused where somebody or
// some order was faster.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import { adjustedStockSchema, type stockAdjustmentSchema } from "../../contract/stock.ts";
import type { ApiProblem } from "../http/api-problem.ts";
import { useSend } from "../forms/use-send.ts";
import { segment, send } from "../http/request.ts";
import { useIdempotencyKey } from "../http/use-idempotency-key.ts";

/** What is to be done to the count. */
export type Adjustment = Pick<
  z.input<typeof stockAdjustmentSchema>,
  "delta" | "set" | "kind" | "note"
>;

/** The adjustment's state, and the way to send it. */
export type StockAdjustment = {
  /** The count as it is known by now. */
  readonly units: number;
  readonly problem: ApiProblem | null;
  readonly isSending: boolean;
  readonly adjust: (adjustment: Adjustment) => void;
};

/**
 * Adjusts the stock of an item that `seen` units were shown of. A refusal because of a changed count shows
 * the new one, which the next attempt expects. `onDone` gets the count that it made.
 */
export function useStockAdjustment(
  sku: string,
  seen: number,
  onDone: (unitsAfter: number) => void,
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
    onDone: async ({ unitsInStock }) => {
      onDone(unitsInStock);
      await Promise.all(
        ["products", "stock", "alerts"].map((key) => client.invalidateQueries({ queryKey: [key] })),
      );
    },
    onRefused: (refusal) => {
      onError(refusal);
      const now = refusal.extra["unitsInStock"];
      if (typeof now === "number") setUnits(now);
    },
  });
  return { units, problem, isSending, adjust: run };
}
