// The `sort` parameter of the list of products, and the cursors that fit it.

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

/** What each order sorts by: the value that a cursor holds beside the product's id. */
const sortKeys = {
  sku: cursorKeys.text,
  name: cursorKeys.text,
  unitsInStock: cursorKeys.units,
  updatedAt: cursorKeys.instant,
} as const;

/** The list of products in this order, narrowed by these filters, as its cursors name it. */
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
