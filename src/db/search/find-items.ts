// Finds products and variants by words in their SKUs and names.

import type { Pool } from "pg";
import { searchWords } from "../../domain/search/folded-text.ts";
import { likePattern } from "../sql/like-pattern.ts";

/** A product, or a variant with its product's SKU. */
export type FoundItem = {
  readonly kind: "product" | "variant";
  readonly sku: string;
  readonly name: string;
  readonly productSku: string;
};

/**
 * A text in the form that is searched, as far as SQL can make it: in lower case and without marks on letters. A text of
 * ASCII costs no more than its lower case.
 */
const folded = (text: string) => `case when ${text} ~ '^[ -~]*$' then lower(${text})
  else regexp_replace(lower(normalize(${text}, nfkd)), '[\\u0300-\\u036f]', '', 'g') end`;

/** Whole SKUs first, then what begins with the words. They are the second value. */
const bestFirst = (sku: string, name: string) =>
  `lower(${sku}) = $2 desc, starts_with(lower(${sku}), $2) desc, starts_with(lower(${name}), $2) desc, ${sku}`;

/**
 * Finds up to `limit` products and as many variants that have all words; a variant also if some are its product's. Whole SKUs
 * come first, then names that begin with the words. It reads the whole catalogue.
 */
export async function findItems(
  pool: Pool,
  q: string,
  limit: number,
): Promise<readonly FoundItem[]> {
  const words = searchWords(q);
  if (words.length === 0) return [];
  const values: unknown[] = [limit, words.join(" ")];
  const has = (text: string) =>
    words.map((word) => `${text} like $${values.push(likePattern(word))}`).join(" and ");
  const product = folded("p.sku || ' ' || p.name");
  const variant = folded("v.sku || ' ' || v.name || ' ' || p.name || ' ' || p.sku");
  const { rows } = await pool.query<FoundItem>(
    `(select 'product' as kind, p.sku, p.name, p.sku as "productSku"
        from product p where p.deleted_at is null and ${has(`(${product})`)}
        order by ${bestFirst("p.sku", "p.name")} limit $1)
     union all
     (select 'variant', v.sku, p.name || ' – ' || v.name, p.sku
        from variant v join product p on p.id = v.product_id
        where v.deleted_at is null and p.deleted_at is null and ${has(`(${variant})`)}
        order by ${bestFirst("v.sku", "v.name")} limit $1)`,
    values,
  );
  return rows;
}
