// Changes settings of many products. Each product is patched on its own, so that settings that this page does not know
// stay as they are.

import { productSchema } from "../../../contract/products.ts";
import { send } from "../../http/request.ts";
import { NotDone } from "../../lists/do-many.ts";
import { useMany } from "../../lists/use-many.ts";
import { manyProducts } from "../../words/en/products/many.ts";
import { type Product, productPath } from "../product-queries.ts";
import { isEmpty, type ProductChange, undoOf } from "./product-change.ts";

/** A product as it was read, and what to change. */
export type OneChange = { readonly product: Product; readonly change: ProductChange };

/** Creates the sender. It knows what was refused, and how to take back what was done. */
export function useProductChanges() {
  const many = useMany({
    act: save,
    nameOf: ({ product }: OneChange) => product.name,
    refresh: ["products", "stock", "alerts", "overview"],
  });
  const { run, outcome } = many;
  const undo = outcome?.done.map(({ item: { product, change }, answer }) => ({
    product: answer,
    change: undoOf(product, change),
  }));
  return { ...many, undo: () => run(undo ?? []) };
}

async function save({ product: { sku, version }, change }: OneChange): Promise<Product> {
  if (isEmpty(change)) throw new NotDone(manyProducts.change.untracked);
  return send({
    method: "PATCH",
    path: productPath(sku),
    body: change,
    version,
    answer: productSchema,
  });
}
