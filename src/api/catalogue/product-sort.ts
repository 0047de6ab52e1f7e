// The `sort` parameter of the list of products, and its cursors.

import * as z from "zod";
import { productSorts } from "../../domain/catalogue/product-lists.ts";
import type { ProductOrder } from "../../db/catalogue/list-products.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import type { productQuerySchema } from "../../contract/products.ts";

/** The order that a `sort` parameter names. */
export function orderOf(sort: z.output<typeof productQuerySchema>["sort"]): ProductOrder {
  const by = productSorts.find((known) => sort === known || sort === `-${known}`) ?? "sku";
  return { by, direction: sort.startsWith("-") ? "desc" : "asc" };
}

/** The type of each sort key; a cursor has the key's value and the product's id. */
const sortKeys = {
  sku: cursorKeys.text,
  name: cursorKeys.text,
  unitsInStock: cursorKeys.units,
  updatedAt: cursorKeys.instant,
} as const;

/** The list of products with this order and these filters, for its cursors. */
export function productList(
  { by, direction }: ProductOrder,
  q: string | undefined,
  status: string | undefined,
) {
  const key: z.ZodType<string | number> = sortKeys[by];
  return {
    keys: z.tuple([key, cursorKeys.integer]),
    list: ["products", by, direction, q, status],
  };
}
