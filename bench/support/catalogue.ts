// The products of the measurements, and three kinds of baskets: two products of a thousand, one hot product in every
// order, or baskets like those of a real wholesaler.

import type { Pool } from "pg";

/** An order's lines: the id of the stock level, which is also the product's number, and the quantity. */
export type Basket = readonly (readonly [level: number, quantity: number])[];

/** The number of products, and of those that uniform baskets use. */
export const products = { all: 2_544, uniform: 1_000 };

/** The initial units of every product. None runs out, because a rejected order costs less. */
const firstUnits = 1_000_000_000;

/** The SKU of a product. */
export function skuOf(level: number): string {
  return `SKU-${level}`;
}

/** Creates the catalogue. The levels' ids are 1, 2, 3 and so on. */
export async function createCatalogue(pool: Pool): Promise<void> {
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock,
       allow_pre_order, allow_negative_stock)
     select 'SKU-' || n, 'Product ' || n, 'goods', true, true, false, false, false
     from generate_series(1, $1::integer) n order by n`,
    [products.all],
  );
  await pool.query(
    `with level as (update stock_level set units = $1 returning id)
     insert into movement (level_id, kind, change, units_after) select id, 'import', $1, $1 from level`,
    [firstUnits],
  );
  const { rows } = await pool.query("select from stock_level where sku <> 'SKU-' || id");
  if (rows.length > 0) throw new Error("Expected stock levels to have the products' numbers.");
}

/** Two different products of a thousand, one unit of each. */
export function uniformBasket(random: () => number): Basket {
  const first = 1 + Math.floor(random() * products.uniform);
  const others = 1 + Math.floor(random() * (products.uniform - 1));
  return [
    [first, 1],
    [others < first ? others : others + 1, 1],
  ];
}

/** The same hot product in every order, and one other product: as many lines as a uniform basket. */
export function hotBasket(random: () => number): Basket {
  return [
    [1, 1],
    [2 + Math.floor(random() * (products.uniform - 1)), 1],
  ];
}

/** Two cumulative distributions: lines per order, and products by demand. Each point has the share and the value. */
const realLines = [
  [0, 1],
  [0.27, 1],
  [0.4, 5],
  [0.5, 9],
  [0.6, 13],
  [0.7, 17],
  [0.8, 24],
  [0.9, 41],
  [0.95, 60],
  [0.97, 74],
  [0.98, 113],
  [0.99, 523],
  [1, 674],
] as const;
const realDemand = [
  [0, 1],
  [0.041, 10],
  [0.143, 50],
  [0.229, 100],
  [0.455, 300],
  [0.602, 500],
  [0.819, 1_000],
  [0.976, 2_000],
  [1, 2_544],
] as const;

/**
 * A basket like a wholesaler's real ones. Half of them have at most nine lines, and one in a hundred has more than five
 * hundred. A fifth of all lines have one of the hundred best-selling products. The distributions are those of December
 * 2010 in the data set Online Retail (D. Chen, UCI Machine Learning Repository, CC BY 4.0).
 */
export function realBasket(random: () => number): Basket {
  const count = Math.round(at(realLines, random()));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.round(at(realDemand, random())));
  return [...chosen].map((level) => [level, 1 + Math.floor(random() * 6)]);
}

/** The value at a share, by linear interpolation. */
function at(points: readonly (readonly [number, number])[], share: number): number {
  let [from, low] = [0, 1];
  for (const [to, high] of points) {
    if (share < to) return low + ((share - from) / (to - from)) * (high - low);
    [from, low] = [to, high];
  }
  return low;
}
