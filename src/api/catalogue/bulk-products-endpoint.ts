// The endpoint that saves many products by one request, for systems that keep the catalogue.

import type * as z from "zod";
import type { SaveProduct } from "../../db/catalogue/decide-edits.ts";
import type { ProductOutcome } from "../../db/catalogue/product-outcome.ts";
import { saveInBulk } from "../../db/catalogue/save-in-bulk.ts";
import { createGroupPace } from "../../flow/group-pace.ts";
import { inSlices } from "../../flow/in-slices.ts";
import {
  bulkProductSchema,
  bulkProductsSchema,
  bulkSavedSchema,
} from "../../contract/bulk-products.ts";
import { judgeItem, type JudgedItem } from "../bulk/bulk-items.ts";
import { createBulkWork, productPace } from "../bulk/bulk-work.ts";
import type { ApiContext } from "../context.ts";
import { endpoint, type Endpoint } from "../http/endpoint.ts";
import { idempotencyClaim } from "../http/idempotency-claim.ts";
import { editOf } from "./save-and-answer.ts";

const words = { list: "products", one: "product", done: "saved" };

/** `POST /products/bulk`. */
export function saveProductsInBulkEndpoint(context: ApiContext): Endpoint {
  const work = createBulkWork(context, words);
  const pace = createGroupPace(productPace);
  return endpoint({
    method: "post",
    path: "/products/bulk",
    permission: "catalogue:write",
    headers: ["idempotency-key"],
    tag: "Products",
    summary: "Create or replace up to 1,000 products",
    description:
      "Each product follows the rules of `PUT /products/{sku}`: a setting that is left out gets its default; counts and variants that are left out stay. The answer has an outcome for each, in the same order, and at most 1,000 errors in all. With `atomic` all are saved or none. Without it each is saved whole or refused on its own, in several transactions, so that orders are not held up. Send an `Idempotency-Key`: after a 500 or a 503 the same request goes on with what was not saved yet, and nothing is saved twice.",
    bodySchema: bulkProductsSchema,
    replies: {
      200: { description: "An outcome for each product.", schema: bulkSavedSchema },
      409: {
        description:
          "An Idempotency-Key of another request; or, with `atomic`, some products are refused, as `errors` says, and nothing was saved.",
      },
      422: { description: "The request is not valid; nothing was saved." },
      503: { description: "Too many such requests at once: send the same request again." },
    },
    async handle(call) {
      const { body, actor } = call;
      const { atomic } = body;
      const claim = idempotencyClaim(call, "save in bulk", JSON.stringify(body));
      const judged = await inSlices(judgeAll(body.products));
      return work<SaveProduct, Saved>(call, {
        judged,
        atomic,
        write: (edits, onAlerts) =>
          saveInBulk(context.pool, {
            edits,
            atomic,
            by: { actor: actor.label },
            claim,
            pace,
            onAlerts,
          }),
        toReply: toOutcomeReply,
      });
    },
  });
}

function* judgeAll(products: readonly unknown[]): Generator<undefined, JudgedItem<SaveProduct>[]> {
  const judged = [];
  for (const raw of products) {
    judged.push(judgeItem(bulkProductSchema, raw, toEdit));
    yield undefined;
  }
  return judged;
}

function toEdit({
  sku,
  expectedVersion,
  ...edit
}: z.output<typeof bulkProductSchema>): SaveProduct {
  const matchesVersion = (version: number | null) =>
    expectedVersion === undefined || version === expectedVersion;
  return { sku, edit: editOf(edit), mode: "replace", matchesVersion };
}

type Saved = Extract<ProductOutcome, { readonly version: number }>;

function toOutcomeReply({ sku, created, changed, version }: Saved) {
  return { sku, status: created ? "created" : changed ? "updated" : "unchanged", version };
}
