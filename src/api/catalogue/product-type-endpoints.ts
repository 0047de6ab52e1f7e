// The endpoints of product types.

import * as z from "zod";
import { deleteProductType, productTypeNotFound } from "../../db/catalogue/delete-product-type.ts";
import {
  readProductType,
  readProductTypes,
  type StoredProductType,
} from "../../db/catalogue/read-product-types.ts";
import { saveProductType } from "../../db/catalogue/save-product-type.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { cursorKeys } from "../http/cursor-keys.ts";
import { cutPage, readCursor } from "../http/cursor.ts";
import { pageOf, pageQueryShape } from "../../contract/paging.ts";
import {
  newProductTypeSchema,
  productTypeSchema,
  productTypePathSchema,
  type ProductTypeReply,
} from "../../contract/product-types.ts";

const tag = "Product types";
const unknownType = { description: "There is no such product type." };
const stale = { description: "If-Match names another version; see `current`." };

/** `GET /product-types`. */
export function listProductTypesEndpoint({ orm }: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/product-types",
    permission: "catalogue:read",
    tag,
    summary: "List product types",
    querySchema: z.strictObject(pageQueryShape),
    replies: {
      200: { description: "A page of product types.", schema: pageOf(productTypeSchema) },
    },
    async handle({ query: { cursor, limit } }) {
      const [after] = readCursor(typeList, cursor) ?? [];
      const rows = await readProductTypes(orm, { after, limit: limit + 1 });
      return { status: 200, body: cutPage(rows, limit, toReply, typeList, ({ code }) => [code]) };
    },
  });
}

const typeList = { keys: z.tuple([cursorKeys.text]), list: ["product-types"] };

/** `GET /product-types/{code}`. */
export function readProductTypeEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "get",
    path: "/product-types/:code",
    permission: "catalogue:read",
    tag,
    summary: "Read a product type",
    pathSchema: productTypePathSchema,
    replies: {
      200: { description: "The product type.", schema: productTypeSchema },
      404: unknownType,
    },
    async handle({ path: { code } }) {
      const type = await requireType(context, code);
      return { status: 200, headers: versionHeaders(type.version), body: toReply(type) };
    },
  });
}

/** `PUT /product-types/{code}`. */
export function saveProductTypeEndpoint(context: ApiContext): Endpoint {
  const { orm, backend, log } = context;
  return endpoint({
    method: "put",
    path: "/product-types/:code",
    permission: "catalogue:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Create or replace a product type",
    description:
      "To turn a feature off hides its data of all products of the type, and deletes nothing. With `If-Match` the request is refused if the type was changed meanwhile, with `If-None-Match: *` if it exists already.",
    pathSchema: productTypePathSchema,
    bodySchema: newProductTypeSchema,
    replies: {
      200: { description: "Replaced.", schema: productTypeSchema },
      201: { description: "Created.", schema: productTypeSchema },
      412: stale,
    },
    async handle({ path: { code }, body, actor, header }) {
      const edit = { code, ...body, matchesVersion: versionCondition(header), actor: actor.label };
      const { created, alerts } = await saveProductType(orm, edit);
      await announceAlerts(backend, alerts, log);
      const type = await requireType(context, code);
      const location = created ? { Location: `/api/v1/product-types/${code}` } : {};
      return {
        status: created ? 201 : 200,
        headers: { ...versionHeaders(type.version), ...location },
        body: toReply(type),
      };
    },
  });
}

/** `DELETE /product-types/{code}`. */
export function deleteProductTypeEndpoint(context: ApiContext): Endpoint {
  return endpoint({
    method: "delete",
    path: "/product-types/:code",
    permission: "catalogue:write",
    headers: ["if-match", "if-none-match"],
    tag,
    summary: "Delete a product type",
    description: "The type `goods` can't be deleted, nor a type that has products.",
    pathSchema: productTypePathSchema,
    replies: {
      204: { description: "Deleted." },
      404: unknownType,
      409: { description: "It is the default type, or it has products." },
      412: stale,
    },
    async handle({ path: { code }, header }) {
      await deleteProductType(context.orm, code, versionCondition(header));
      return { status: 204 };
    },
  });
}

async function requireType({ orm }: ApiContext, code: string): Promise<StoredProductType> {
  const type = await readProductType(orm, code);
  if (type === null) throw productTypeNotFound(code);
  return type;
}

function toReply(type: StoredProductType): ProductTypeReply {
  const { code, name, hasInventory, hasVariants, version, createdAt, updatedAt } = type;
  return {
    code,
    name,
    hasInventory,
    hasVariants,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
