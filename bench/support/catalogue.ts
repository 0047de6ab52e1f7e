// The products that the measurements sell, and the baskets that they are sold in: two products of a thousand,
// one hot product in every order, or baskets of the shape that a real wholesaler's have.

import type { Pool } from "pg";

/** An order's lines: level ids, which are also the products' numbers, with quantities. */
export type Basket = readonly (readonly [level: number, quantity: number])[];

/** Products in the catalogue, and those of them that uniform baskets draw from. */
export const products = { all: 2_544, uniform: 1_000 };

/** Units of every product at first: none runs out, since deciding what can't be sold is cheaper. */
const firstUnits = 1_000_000_000;

/** The SKU of a product. */
export function skuOf(level: number): string {
  return `SKU-${level}`;
}

/** Creates the catalogue. The levels' ids are 1, 2, 3 and so on. */
export async function createCatalogue(pool: Pool): Promise<void> {
  await pool.query(
    `insert into product (sku, name, type_code, enabled, track_inventory, hide_if_out_of_stock,
       allow_pre_order, allow_negative_stock, sell_below_threshold)
     select 'SKU-' || n, 'Product ' || n, 'goods', true, true, false, false, false, false
     from generate_series(1, $1::integer) n order by n`,
    [products.all],
  );
  await pool.query(
    `with level as (update stock_level set units = $1 returning id)
     insert into movement (level_id, kind, change, units_after) select id, 'import', $1, $1 from level`,
    [firstUnits],
  );
  const { rows } = await pool.query("select from stock_level where sku <> 'SKU-' || id");
  if (rows.length > 0) throw new Error("The bench expects levels to be numbered as products are.");
}

/** A source of numbers in [0, 1) that gives the same ones in every run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two different products of a thousand, one unit each. */
export function uniformBasket(random: () => number): Basket {
  const first = 1 + Math.floor(random() * products.uniform);
  const others = 1 + Math.floor(random() * (products.uniform - 1));
  return [
    [first, 1],
    [others < first ? others : others + 1, 1],
  ];
}

/** The same hot product in every order, with one other: as much work as a uniform basket. */
export function hotBasket(random: () => number): Basket {
  return [
    [1, 1],
    [2 + Math.floor(random() * (products.uniform - 1)), 1],
  ];
}

/** Lines per order, and products from the most wanted to the least, each with the share of those up to it. */
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
 * A basket of the shape that a wholesaler's real ones have: half of them nine lines or fewer, one in a hundred
 * more than five hundred, a fifth of all lines on the hundred most wanted products. The shape is that of the
 * Online Retail data set's December 2010 (D. Chen, UCI Machine Learning Repository, CC BY 4.0).
 */
export function realBasket(random: () => number): Basket {
  const count = Math.round(at(realLines, random()));
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.round(at(realDemand, random())));
  return [...chosen].map((level) => [level, 1 + Math.floor(random() * 6)]);
}

/** The value at a share, on straight lines between the points. */
function at(points: readonly (readonly [number, number])[], share: number): number {
  let [from, low] = [0, 1];
  for (const [to, high] of points) {
    if (share < to) return low + ((share - from) / (to - from)) * (high - low);
    [from, low] = [to, high];
  }
  return low;
}
