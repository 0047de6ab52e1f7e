// Queries for product types.

import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { productTypeSchema, type ProductTypeReply } from "../../../contract/product-types.ts";
import { read, segment } from "../../http/request.ts";

/** A product type. */
export type ProductType = ProductTypeReply;

const page = z.object({ data: z.array(productTypeSchema) });

/** All product types. A store has few. */
export const productTypesQuery = queryOptions({
  queryKey: ["product-types", "all"],
  queryFn: async ({ signal }) =>
    (await read("/product-types", page, { query: { limit: 200 }, signal })).data,
});

/** One product type. */
export function productTypeQuery(code: string) {
  return queryOptions({
    queryKey: ["product-types", "one", code],
    queryFn: ({ signal }) => read(`/product-types/${segment(code)}`, productTypeSchema, { signal }),
  });
}
