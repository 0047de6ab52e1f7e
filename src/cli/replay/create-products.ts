// Creates the products that a history orders and the store lacks. It does not change the others.

import * as z from "zod";
import { type ApiClient, ApiRefusal } from "../api-client.ts";
import { OperatorError } from "../operator-error.ts";
import { severalAtOnce } from "../several-at-once.ts";

/** The settings of created products. */
export type NewProductPlan = {
  /** The name of every SKU. */
  readonly names: ReadonlyMap<string, string>;
  /** Initial units by SKU; all other products get `otherUnits`. */
  readonly units: ReadonlyMap<string, number>;
  readonly otherUnits: number;
  /** Undefined: no threshold. */
  readonly threshold: number | undefined;
};

const availabilityReply = z.object({
  data: z.array(z.object({ sku: z.string(), known: z.boolean() })),
});

/** Limits of one request: the API takes 200 items, and proxies limit the length of an address. */
const asked = { skusMax: 200, bytesMax: 6_000 };
const requestsAtOnce = 8;
const nameLengthMax = 200;

/** The SKUs that the store does not have. */
export async function findMissing(api: ApiClient, skus: Iterable<string>): Promise<string[]> {
  const missing: string[] = [];
  await severalAtOnce(queriesOf(skus), requestsAtOnce, async (query) => {
    const { data } = await api.get(`/availability?${query}`, availabilityReply);
    for (const { sku, known } of data) if (!known) missing.push(sku);
  });
  return missing;
}

function* queriesOf(skus: Iterable<string>): Generator<string> {
  let query: string[] = [];
  let bytes = 0;
  for (const sku of skus) {
    const parameter = `sku=${encodeURIComponent(sku)}`;
    if (query.length === asked.skusMax || bytes + parameter.length > asked.bytesMax) {
      yield query.join("&");
      query = [];
      bytes = 0;
    }
    query.push(parameter);
    bytes += parameter.length + 1;
  }
  if (query.length > 0) yield query.join("&");
}

/**
 * Creates the products, and calls `onCreated` with the number created so far. Rejects with an `OperatorError` if the
 * store refuses one.
 */
export async function createProducts(
  api: ApiClient,
  skus: readonly string[],
  plan: NewProductPlan,
  onCreated: (count: number) => void,
): Promise<void> {
  let created = 0;
  await severalAtOnce(skus, requestsAtOnce, async (sku) => {
    const product = {
      name: nameOf(plan.names.get(sku), sku),
      type: "goods",
      trackInventory: true,
      unitsInStock: plan.units.get(sku) ?? plan.otherUnits,
      ...(plan.threshold === undefined ? {} : { stockAlertThreshold: plan.threshold }),
    };
    try {
      await api.put(`/products/${encodeURIComponent(sku)}`, product, z.unknown());
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      throw new OperatorError(`The product ${sku} could not be created. ${error.message}`);
    }
    onCreated((created += 1));
  });
}

/** A name that the API accepts: one line of at most `nameLengthMax` characters. */
function nameOf(name: string | undefined, sku: string): string {
  const line = (name ?? "").replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  // The cut may leave half of a surrogate pair at the end.
  return (
    line
      .slice(0, nameLengthMax)
      .replace(/\p{Cs}$/u, "")
      .trim() || sku
  );
}
