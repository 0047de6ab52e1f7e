// Undoes a change of a count. The API does it once, however often it is asked.

import { notifications } from "@mantine/notifications";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { adjustedStockSchema } from "../../contract/stock.ts";
import { notifyDone, notifyFailed } from "../forms/notify.tsx";
import { useSend } from "../forms/use-send.ts";
import { toProblem } from "../http/api-problem.ts";
import { segment, send } from "../http/request.ts";
import { undo as text } from "../words/en/products/undo.ts";

/** Reads everything again that a change of a count may have changed. */
export async function refreshStock(client: QueryClient): Promise<void> {
  await Promise.all(
    ["products", "stock", "alerts", "orders", "pre-orders"].map((key) =>
      client.invalidateQueries({ queryKey: [key] }),
    ),
  );
}

type Undone = { readonly sku: string; readonly id: string };

/** Undoes one change. */
export function sendUndo({ sku, id }: Undone) {
  return send({
    method: "POST",
    path: `/stock/${segment(sku)}/movements/${id}/undo`,
    body: {},
    idempotencyKey: `undo-${id}`,
    answer: adjustedStockSchema,
  });
}

/** Why a change was not undone, if that follows from what happened since; else null. */
function sinceThen(error: unknown): string | null {
  const { status, extra } = toProblem(error);
  if (status !== 409) return null;
  if (typeof extra["undoneBy"] === "string") return text.undoneBefore;
  return typeof extra["unitsInStock"] === "number" ? text.unitsGone(extra["unitsInStock"]) : null;
}

/** Why a change was not undone. */
export function undoRefusedWords(error: unknown): string {
  return sinceThen(error) ?? toProblem(error).message;
}

function tellRefused(error: unknown): void {
  const words = sinceThen(error);
  if (words === null) notifyFailed(error);
  else notifyDone(words);
}

/** How to undo changes of one count, and whether one is being undone. */
export function useUndo(sku: string): {
  readonly undo: (id: string) => void;
  readonly isSending: boolean;
} {
  const client = useQueryClient();
  const { run, isSending } = useSend({
    send: (id: string) => sendUndo({ sku, id }),
    onDone: async ({ unitsInStock }) => {
      notifyDone(text.done(sku, unitsInStock));
      await refreshStock(client);
    },
    onRefused: async (problem) => {
      tellRefused(problem);
      await refreshStock(client);
    },
  });
  return { undo: run, isSending };
}

/** Undoes the change that a notice tells of, and closes the notice. */
export async function undoFromNotice(
  client: QueryClient,
  { sku, id }: Undone,
  notice: string,
): Promise<void> {
  notifications.hide(notice);
  try {
    const { unitsInStock } = await sendUndo({ sku, id });
    notifyDone(text.done(sku, unitsInStock));
  } catch (error) {
    tellRefused(error);
  }
  await refreshStock(client);
}
