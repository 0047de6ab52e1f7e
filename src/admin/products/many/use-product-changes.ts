// Changes settings of many products. Each product is patched on its own, so that settings that this page does not know
// stay as they are, and one that is refused holds up no other.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { productSchema } from "../../../contract/products.ts";
import { useSend } from "../../forms/use-send.ts";
import { toProblem } from "../../http/api-problem.ts";
import { send } from "../../http/request.ts";
import type { RefusedItem } from "../../lists/refused-items.tsx";
import { type Product, productPath } from "../product-queries.ts";
import { isEmpty, type ProductChange, undoOf } from "./product-change.ts";

/** A product as it was read, and what to change. */
export type OneChange = { readonly product: Product; readonly change: ProductChange };

/** How many products are saved at once. */
const atOnce = 4;

const refresh = ["products", "stock", "alerts", "overview"] as const;

/** Creates the sender. It knows what was refused, and how to take back what was done. */
export function useProductChanges() {
  const client = useQueryClient();
  const [refused, setRefused] = useState<readonly RefusedItem[]>([]);
  const [undo, setUndo] = useState<readonly OneChange[]>([]);
  const { run, isSending, answer, reset } = useSend({
    send: saveAll,
    onDone: async (outcome) => {
      setRefused(outcome.refused);
      setUndo(outcome.undo);
      await Promise.all(refresh.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  return {
    run,
    isSending,
    /** How many products were changed, and of how many; undefined before the first time and once it is closed. */
    outcome: answer,
    refused,
    clearRefused: () => setRefused([]),
    undo: () => run(undo),
    close: reset,
  };
}

async function saveAll(changes: readonly OneChange[]) {
  const undo: OneChange[] = [];
  const refused: RefusedItem[] = [];
  const left = [...changes];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const { product, change } = next;
      if (isEmpty(change)) {
        refused.push({ name: product.name, words: "Its units are not counted." });
        continue;
      }
      try {
        const saved = await save(next);
        undo.push({ product: saved, change: undoOf(product, change) });
      } catch (error) {
        const { title, message } = toProblem(error);
        refused.push({ name: product.name, words: message === "" ? title : message });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { done: undo.length, all: changes.length, undo, refused };
}

function save({ product: { sku, version }, change }: OneChange): Promise<Product> {
  return send({
    method: "PATCH",
    path: productPath(sku),
    body: change,
    version,
    answer: productSchema,
  });
}
