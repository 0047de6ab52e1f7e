// The endpoints of products and their variants.

import { deleteProduct } from "../../db/catalogue/delete-product.ts";
import { listProducts } from "../../db/catalogue/list-products.ts";
import { productNotFound } from "../../db/catalogue/product-not-found.ts";
import { type ProductWithIncoming, readProduct } from "../../db/catalogue/read-products.ts";
import { sqlOn } from "../../db/sql/sql.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { pageOf } from "../../contract/paging.ts";
import { toProductReply } from "./product-reply.ts";
import {
  newProductSchema,
  productSchema,
  productPatchSchema,
  productPathSchema,
  productQuerySchema,
} from "../../contract/products.ts";
import { orderOf, productList } from "./product-sort.ts";
import { saveAndAnswer } from "./save-and-answer.ts";

const tag = "Products";
const unknownProduct = { description: "There is no such product." };
const refused = {
  409: {
    description:
      "conflict: a SKU belongs to another item. stale-count: a count is not the expected one. below-zero: a count would be below zero without `allowNegativeStock`.",
  },
  412: { description: "If-Match names another version; see `current`." },
  422: { description: "The product is not valid; nothing was saved." },
};

/** `GET /products`. */
export function listProductsEndpoint({ pool }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/products",
    permission: "catalogue:read",
    tag,
    summary: "List products",
    querySchema: productQuerySchema,
    replies: { 200: { description: "A page of products.", schema: pageOf(productSchema) } },
    async handle({ query: { q, status, sort, cursor, limit } }) {
      const order = orderOf(sort);
      const inOrder = productList(order, q, status);
      const after = readCursor(inOrder, cursor);
      const selection = { q, status, order, after, limit: limit + 1 };
      const rows = await listProducts(pool, selection);
      const body = cutPage(rows, limit, toProductReply, inOrder, ({ sortKey, id }) => [
        sortKey,
        id,
      ]);
      return { status: 200, body };
    },
  });
}

/** `GET /products/{sku}`. */
export function readProductEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/products/:sku",
    permission: "catalogue:read",
    tag,
    summary: "Read a product with its variants",
    pathSchema: productPathSchema,
    replies: { 200: { description: "The product.", schema: productSchema }, 404: unknownProduct },
    async handle({ path: { sku } }) {
      const found = await requireProduct(context, sku);
      return { status: 200, headers: versionHeaders(found.version), body: toProductReply(found) };
    },
  });
}

/** `PUT /products/{sku}`. */
export function replaceProductEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "put",
    path: "/products/:sku",
    permission: "catalogue:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Create or replace a product",
    description:
      "A setting that is left out gets its default; counts and variants that are left out stay. While stock is not tracked, stock settings that are left out stay as well. With `If-Match` the request is refused if the product was changed meanwhile, with `If-None-Match: *` if it exists already.",
    pathSchema: productPathSchema,
    bodySchema: newProductSchema,
    replies: {
      200: { description: "Replaced.", schema: productSchema },
      201: { description: "Created.", schema: productSchema },
      ...refused,
    },
    handle: (call) => saveAndAnswer(context, "replace", call),
  });
}

/** `PATCH /products/{sku}`. */
export function changeProductEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "patch",
    path: "/products/:sku",
    permission: "catalogue:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Change some fields of a product",
    description:
      "Fields that are left out stay as they are. A list of variants replaces the list, as in PUT; fields that are left out of a variant in it stay as they are.",
    pathSchema: productPathSchema,
    bodySchema: productPatchSchema,
    replies: {
      200: { description: "Changed.", schema: productSchema },
      404: unknownProduct,
      ...refused,
    },
    handle: (call) => saveAndAnswer(context, "patch", call),
  });
}

/** `DELETE /products/{sku}`. */
export function deleteProductEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/products/:sku",
    permission: "catalogue:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Delete a product and its variants",
    description: "Their SKUs become free. The ledger and the orders stay.",
    pathSchema: productPathSchema,
    replies: { 204: { description: "Deleted." }, 404: unknownProduct, 412: refused[412] },
    async handle({ path: { sku }, actor, header }) {
      const request = { sku, matchesVersion: versionCondition(header), actor: actor.label };
      await deleteProduct(context.orm, request);
      return { status: 204 };
    },
  });
}

async function requireProduct({ pool }: ApiContext, sku: string): Promise<ProductWithIncoming> {
  const found = await readProduct(pool, sku);
  if (found === null) throw await productNotFound(sqlOn(pool), sku);
  return found;
}
