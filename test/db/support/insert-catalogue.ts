// Writes products and variants with plain SQL, with defaults for what a test is not about.

import type { Client } from "pg";

/** Columns of a product that a test sets itself, by their names in the database. */
export type ProductColumns = {
  readonly type_code?: string;
  readonly enabled?: boolean;
  readonly track_inventory?: boolean;
  readonly stock_alert_threshold?: number | null;
  readonly hide_if_out_of_stock?: boolean;
  readonly allow_pre_order?: boolean;
  readonly allow_negative_stock?: boolean;
  readonly out_of_stock_threshold?: number | null;
  readonly sell_below_threshold?: boolean;
};

/** Columns of a variant that a test sets itself. */
export type VariantColumns = {
  readonly enabled?: boolean;
  readonly own_stock?: boolean;
  readonly stock_alert_threshold?: number | null;
  readonly out_of_stock_threshold?: number | null;
};

const productDefaults = {
  type_code: "goods",
  enabled: true,
  track_inventory: true,
  stock_alert_threshold: null,
  hide_if_out_of_stock: false,
  allow_pre_order: false,
  allow_negative_stock: false,
  // A store before the migration that added the out-of-stock threshold has no default for it.
  sell_below_threshold: false,
};

const variantDefaults = { enabled: true, own_stock: true, stock_alert_threshold: null };

/** Inserts a product and returns its id. */
export function insertProduct(
  client: Client,
  sku: string,
  columns: ProductColumns = {},
): Promise<number> {
  return insert(client, "product", { sku, name: sku, ...productDefaults, ...columns });
}

/** Inserts a variant and returns its id. */
export function insertVariant(
  client: Client,
  productId: number,
  sku: string,
  columns: VariantColumns = {},
): Promise<number> {
  const fixed = { product_id: productId, sku, name: sku, options: "{}", position: 0 };
  return insert(client, "variant", { ...fixed, ...variantDefaults, ...columns });
}

async function insert(
  client: Client,
  table: "product" | "variant",
  values: Readonly<Record<string, string | number | boolean | null>>,
): Promise<number> {
  const names = Object.keys(values);
  const places = names.map((_name, index) => `$${index + 1}`);
  const { rows } = await client.query<{ id: number }>(
    `insert into ${table} (${names.join(", ")}) values (${places.join(", ")}) returning id`,
    Object.values(values),
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`The insert into ${table} returned no row.`);
  return row.id;
}

/** The id of the level that counts an SKU which is not deleted. */
export async function levelId(client: Client, sku: string): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    "select id from stock_level where sku = $1 and not retired",
    [sku],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`No stock level counts ${sku}.`);
  return row.id;
}
