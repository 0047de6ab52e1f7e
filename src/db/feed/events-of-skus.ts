// Finds the events of some SKUs. Events have no index of SKUs, because each sale would have to write to it. A stretch of
// the feed is searched for them. Changes of stock are found by the ledger of the SKUs' holders.

import { stockChanged } from "./event-types.ts";

/** The most places that one read searches for the events of some SKUs. */
export const placesSearchedMax = 5_000;

/**
 * Whether a row of `event` is about one of the SKUs of `$6`: its data name the SKU, or its order has a line of it. An
 * order's lines are the requested ones, because a rejected order has no others.
 */
export const isAboutSkus = /* sql */ `(data ->> 'sku' = any ($6::text[]) or (type like 'order.%' and exists (
    select from "order" ordered cross join json_array_elements(ordered.requested) line
    where ordered.id = event.order_id and (line ->> 0)::integer = any (
      array(select s.id from stock_level s where s.sku = any ($6::text[]))))))`;

/** The changes of the levels that hold the units of the SKUs of `$6`, each found by the level's part of the ledger. */
export const changesOfSkus = /* sql */ `
  (select moved.* from (
     select distinct holder as id from stock_level s cross join unnest(array[s.id, s.defers_to]) holder
     where s.sku = any ($6::text[]) and holder is not null) l
   cross join lateral (
     select id, '${stockChanged}', at, order_id, actor, json_build_object('change', change, 'unitsAfter', units_after,
       'kind', kind, 'reason', reason, 'note', note), level_id, request_id
     from movement where level_id = l.id and id > greatest($1::bigint, (select stock_changes_after from feed))
       and id <= $2::bigint order by id limit $4) moved
   order by moved.id limit $4)`;
