// One form of SKUs and references. They are compared in Unicode's NFC, without invisible characters, so what was stored
// in another form before could not be named any more.

import { Migration } from "@mikro-orm/migrations";

/** Brings stored references and SKUs into the form in which they are compared. */
export class SameSale extends Migration {
  override up(): void {
    this.addSql(references);
    this.addSql(skus);
  }
}

// Only UTF-8 can hold a text in two forms. If two orders would have the same reference, only one gets it: the one that has
// it already, or else the first. The other keeps its own, and can still be read by its id.
const references = /* sql */ `
  do $$ begin
    if current_setting('server_encoding') <> 'UTF8' then return; end if;
    update "order" o set reference = first.wanted
      from (
        select id, normalize(reference, nfc) as wanted,
          row_number() over (partition by normalize(reference, nfc) order by id) as place
        from "order" where reference ~ '[^\\u0001-\\u007f]' and reference is not nfc normalized) first
      where o.id = first.id and first.place = 1
        and not exists (select from "order" other where other.reference = first.wanted);
  end $$;
`;

/** Characters that nobody can see, and blanks that are no plain space. The domain refuses the same ones. */
const unseen = String.raw`\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff`;
const blanks = String.raw`\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000`;

// The rows of products are locked before their levels, and both in ascending id, as edits and batches lock them. A name
// in the new form may be taken: then the item gets a number behind it, so that people can see and name both. Deleted
// items get the form too, because their returns go to the item that has their SKU now.
const skus = /* sql */ `
  do $$
  declare
    item record;
    form text;
    wanted text;
    number integer;
  begin
    if current_setting('server_encoding') <> 'UTF8' then return; end if;
    perform from product p where exists (
        select from stock_level l where l.product_id = p.id and l.sku ~ '[^\\u0001-\\u007f]')
      order by p.id for update;
    perform from stock_level where product_id in (
        select product_id from stock_level where sku ~ '[^\\u0001-\\u007f]')
      order by id for update;
    for item in
      select id, product_id, variant_id, sku, retired from stock_level
      where sku ~ '[^\\u0001-\\u007f]' order by id
    loop
      form := regexp_replace(item.sku, '[${blanks}]', ' ', 'g');
      form := btrim(normalize(regexp_replace(form, '[${unseen}]', '', 'g'), nfc));
      continue when form = item.sku or item.retired and form = '';
      if item.retired then
        update stock_level set sku = form where id = item.id;
        continue;
      end if;
      if form in ('', '.', '..') then form := 'unnamed'; end if;
      wanted := form;
      number := 1;
      while exists (select from stock_level where sku = wanted and not retired) loop
        number := number + 1;
        wanted := left(form, 56) || ' (' || number || ')';
      end loop;
      if item.variant_id is null then
        update product set sku = wanted where id = item.product_id;
      else
        update variant set sku = wanted where id = item.variant_id;
      end if;
    end loop;
  end $$;
`;
