// The `sort` parameter of the list of products, and the cursors that fit it.

import * as z from "zod";
import { productSorts } from "../../db/catalogue/list-choices.ts";
import type { ProductOrder } from "../../db/catalogue/list-products.ts";
import { decodeCursor } from "../http/paging.ts";
import type { productQuery } from "./product-schemas.ts";

/** The order that a `sort` parameter names. */
export function orderOf(sort: z.output<typeof productQuery>["sort"]): ProductOrder {
  const by = productSorts.find((known) => sort === known || sort === `-${known}`) ?? "sku";
  return { by, direction: sort.startsWith("-") ? "desc" : "asc" };
}

const keys = {
  sku: z.string(),
  name: z.string(),
  unitsInStock: z.number(),
  updatedAt: z.iso.datetime({ offset: true }),
} as const;

/** Where the page before ended. Throws a 422 problem where the cursor is not of a list in this order. */
export function afterOf({ by }: ProductOrder, cursor: string): [string | number, number] {
  return decodeCursor(z.tuple([keys[by], z.int()]), cursor);
}
