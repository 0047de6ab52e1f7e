// The catalogue of a laboratory, made through the API as a store would make it.

import { labKey } from "./lab.ts";
import type { OrderLine } from "./clients.ts";

/** A product of the laboratory: its SKU, its first units and its threshold, below which it may be sold further. */
export type LabProduct = {
  readonly sku: string;
  readonly units: number;
  readonly threshold: number;
  readonly sellBelowThreshold?: true;
};

/** Who gets the mails. */
export const labManagers = ["ann@example.com", "bob@example.com"];

/** Creates the managers and the products. Rejects if the API refuses one. */
export async function stockShop(api: string, products: readonly LabProduct[]): Promise<void> {
  for (const email of labManagers) {
    const password = `the password of ${email}`;
    const groups = ["store-managers"];
    await send(api, "POST", "/admin-users", { email, name: email, password, groups });
  }
  for (const { sku, units, threshold, ...policy } of products) {
    const product = { name: sku, unitsInStock: units, stockAlertThreshold: threshold, ...policy };
    await send(api, "PUT", `/products/${sku}`, product);
  }
}

async function send(api: string, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${api}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${labKey}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const reply = await response.text();
  throw new Error(`Expected ${method} ${path} to be done; got ${response.status}: ${reply}`);
}

/** So many products: every fourth sells out soon, so that some orders are rejected and some alerts open. */
export function labProducts(count: number): LabProduct[] {
  return Array.from({ length: count }, (_, index) => ({
    sku: `SKU-${index + 1}`,
    units: index % 4 === 0 ? 60 : 1_000_000,
    threshold: index % 4 === 0 ? 20 : 10,
  }));
}

/** One to three different products of the shop, one to three units of each. */
export function randomLines(products: readonly LabProduct[], random: () => number): OrderLine[] {
  const skus = new Set<string>();
  const wanted = 1 + Math.floor(random() * 3);
  while (skus.size < Math.min(wanted, products.length)) {
    skus.add(products[Math.floor(random() * products.length)]?.sku ?? "");
  }
  return [...skus].map((sku) => ({ sku, quantity: 1 + Math.floor(random() * 3) }));
}
