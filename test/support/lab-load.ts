// The usual load of a test in the laboratory.

import { type Clients, startClients } from "../../tools/lab/clients.ts";
import type { Lab } from "../../tools/lab/lab.ts";
import { type LabProduct, labProducts, randomLines, stockShop } from "../../tools/lab/shop.ts";
import { createRandom } from "../../tools/random.ts";

/**
 * Stocks the shop through the first API, and starts clients, of which every third waits for its decision. They buy nothing
 * of the `others`.
 */
export async function startLoad(
  lab: Lab,
  ordersPerSecond = 60,
  others: readonly LabProduct[] = [],
): Promise<Clients> {
  const products = labProducts(20);
  const [api = ""] = lab.apis();
  await stockShop(api, [...products, ...others]);
  const random = createRandom(1);
  return startClients({
    apis: lab.apis,
    nextLines: () => randomLines(products, random),
    ordersPerSecond,
    waits: (number) => number % 3 === 0,
  });
}
