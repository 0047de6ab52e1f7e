// Finds products and variants by words in their SKUs and names.

import type { Pool } from "pg";
import { foldedText, searchTerms, spelt } from "../../domain/search/folded-text.ts";
import { likePattern } from "../sql/like-pattern.ts";

/** A product, or a variant with its product's SKU. */
export type FoundItem = {
  readonly kind: "product" | "variant";
  readonly sku: string;
  readonly name: string;
  readonly productSku: string;
};

/** The text with the letters that Unicode does not take apart written as people type them. */
const speltOut = (text: string) =>
  [...spelt].reduce((sql, [letter, typed]) => `replace(${sql}, '${letter}', '${typed}')`, text);

/**
 * A text in the form that is searched, as far as SQL can make it: in lower case and without the marks of European and
 * Japanese letters. A text of ASCII costs no more than its lower case.
 */
const folded = (text: string) => `case when ${text} ~ '^[ -~]*$' then lower(${text})
  else regexp_replace(${speltOut(`lower(normalize(${text}, nfkd))`)}, '[\\u0300-\\u036f\\u3099\\u309a]', '', 'g') end`;

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
  const terms = searchTerms(q);
  if (terms.length === 0) return [];
  const values: unknown[] = [limit, foldedText(q)];
  const like = (text: string, word: string) => `${text} like $${values.push(likePattern(word))}`;
  // The lower case of a letter beyond ASCII depends on the database's language, so a word is looked for as typed, too.
  const has = (text: string) =>
    terms
      .map(({ folded: word, unfolded }) => [
        like(`(${folded(text)})`, word),
        ...unfolded.flatMap((form) => [like(`lower(${text})`, form), like(`(${text})`, form)]),
      ])
      .map((forms) => `(${forms.join(" or ")})`)
      .join(" and ");
  const product = "p.sku || ' ' || p.name";
  const variant = "v.sku || ' ' || v.name || ' ' || p.name || ' ' || p.sku";
  const { rows } = await pool.query<FoundItem>(
    `(select 'product' as kind, p.sku, p.name, p.sku as "productSku"
        from product p where p.deleted_at is null and ${has(product)}
        order by ${bestFirst("p.sku", "p.name")} limit $1)
     union all
     (select 'variant', v.sku, p.name || ' – ' || v.name, p.sku
        from variant v join product p on p.id = v.product_id
        where v.deleted_at is null and p.deleted_at is null and ${has(variant)}
        order by ${bestFirst("v.sku", "v.name")} limit $1)`,
    values,
  );
  return rows;
}
