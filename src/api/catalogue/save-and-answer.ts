// The common part of PUT and PATCH of a product: saves the edit, announces the alerts that it opened, and replies with
// the product as it is now.

import { readProduct } from "../../db/catalogue/read-products.ts";
import { saveProduct } from "../../db/catalogue/save-product.ts";
import type { EditMode } from "../../domain/catalogue/merge-product.ts";
import type { ProductEdit } from "../../domain/catalogue/product-edit.ts";
import { announceAlerts } from "../../queues/announce-alerts.ts";
import type { ApiContext } from "../context.ts";
import type { Call, Reply } from "../http/endpoint.ts";
import { versionCondition, versionHeaders } from "../http/entity-tag.ts";
import { Problem } from "../http/problem.ts";
import { problemOfRefusal } from "../http/problem-of-refusal.ts";
import { toProductReply } from "./product-reply.ts";

type EditBody = ProductEdit & {
  readonly sku?: string | undefined;
  readonly sellBelowThreshold?: boolean | undefined;
};

/** Saves an edit of a product and replies with the product. Throws a `Problem` or `Refused` if it is refused. */
export async function saveAndAnswer(
  { pool, backend, log }: ApiContext,
  mode: EditMode,
  { path: { sku }, body, actor, header }: Call<{ readonly sku: string }, unknown, EditBody>,
): Promise<Reply> {
  requireSameSku(sku, body.sku);
  const request = {
    sku,
    edit: editOf(body),
    mode,
    matchesVersion: versionCondition(header),
    actor: actor.label,
  };
  const { created, alerts } = await saveProduct(pool, request);
  await announceAlerts(backend, alerts, log);
  const saved = await readProduct(pool, sku);
  if (saved === null) {
    throw new Problem("not-found", `The product ${sku} was saved, and deleted by somebody since.`);
  }
  const location = created ? { Location: `/api/v1/products/${encodeURIComponent(sku)}` } : {};
  return {
    status: created ? 201 : 200,
    headers: { ...versionHeaders(saved.version), ...location },
    body: toProductReply(saved),
  };
}

/** The edit of a body. `sellBelowThreshold` is the old form of `outOfStockThreshold`. */
export function editOf({ sellBelowThreshold, ...edit }: EditBody): ProductEdit {
  if (sellBelowThreshold === undefined || edit.outOfStockThreshold !== undefined) return edit;
  return { ...edit, outOfStockThreshold: sellBelowThreshold ? 0 : null };
}

function requireSameSku(inAddress: string, inBody: string | undefined): void {
  if (inBody === undefined || inBody === inAddress) return;
  const detail = `Expected the address's SKU, ${JSON.stringify(inAddress)}, or none; got ${JSON.stringify(inBody)}. A SKU is not changed: create the product under its new one.`;
  throw problemOfRefusal({ kind: "faults", faults: [{ pointer: "/sku", detail }] });
}
