// Queries for the catalogue, and the addresses of products.

import { queryOptions } from "@tanstack/react-query";
import * as z from "zod";
import { productSchema, type ProductReply } from "../../contract/products.ts";
import { productTypeSchema, type ProductTypeReply } from "../../contract/product-types.ts";
import { read, segment } from "../http/request.ts";

/** A product as the API returns it. */
export type Product = ProductReply;

/** A product type as the API returns it. */
export type ProductType = ProductTypeReply;

/** One product. */
export function productQuery(sku: string) {
  return queryOptions({
    queryKey: ["products", "one", sku],
    queryFn: ({ signal }) => read(productPath(sku), productSchema, { signal }),
  });
}

/** All product types. A store has few. */
export const productTypesQuery = queryOptions({
  queryKey: ["product-types", "all"],
  queryFn: async ({ signal }) => {
    const page = z.object({ data: z.array(productTypeSchema) });
    return (await read("/product-types", page, { query: { limit: 200 }, signal })).data;
  },
  staleTime: 60_000,
});

/** The API's address of a product. */
export function productPath(sku: string): string {
  return `/products/${segment(sku)}`;
}

/** The app's address of a product. */
export function productAddress(sku: string): string {
  return `/products/${segment(sku)}`;
}

/** The app's address of the stock history of a product, or of one of its variants. */
export function historyAddress(productSku: string, itemSku: string = productSku): string {
  const item = itemSku === productSku ? "" : `?${new URLSearchParams({ item: itemSku })}`;
  return `/products/${segment(productSku)}/history${item}`;
}
