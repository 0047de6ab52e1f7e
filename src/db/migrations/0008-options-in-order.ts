// Keeps the options of variants in their given order.

import { Migration } from "@mikro-orm/migrations";

/** Stores options as `json`. `jsonb` sorts them by the length of their names. */
export class OptionsInOrder extends Migration {
  override up(): void {
    this.addSql(asWritten);
    this.addSql(asNamed);
  }
}

const asWritten = /* sql */ `alter table variant alter column options type json using options::json`;

// The order of stored options is lost, but a generated name still has it: "Red / M" of colour and size. The first such
// variant of a product gives the order for all of them. Options are not part of a stock level's policy, so its trigger
// is disabled meanwhile.
const asNamed = /* sql */ `
  alter table variant disable trigger variant_updated;
  with named as (
    select v.id, v.product_id, v.position,
      array_agg(o.key order by array_position(string_to_array(v.name, ' / '), o.value), o.place) as keys
    from variant v, json_each_text(v.options) with ordinality as o (key, value, place)
    group by v.id
    having count(*) = cardinality(string_to_array(v.name, ' / '))
      and bool_and(o.value = any (string_to_array(v.name, ' / ')))
  ), first_named as (
    select distinct on (product_id) product_id, keys from named order by product_id, position, id
  )
  update variant v set options = (
      select json_object_agg(o.key, o.value order by array_position(f.keys, o.key), o.place)
      from json_each_text(v.options) with ordinality as o (key, value, place))
    from first_named f
    where f.product_id = v.product_id and v.options::text <> '{}';
  alter table variant enable trigger variant_updated;
`;
