// Ways to cook closed months, for books in which nothing is closed yet.

import { balancesOf } from "../../../../src/db/closing/write-ledger.ts";

/** Begins to close all that the ledger has, as one month. */
export const closeAll = /* sql */ `
  insert into closed_month (month, after, up_to, first_at, last_at, levels, movements, digest, file, actor, removed_to)
  select '2024-03-01', 0, max(id), min(at), max(at) + interval '2 minutes', count(distinct level_id), count(*),
    'digest', 'file', 'test', 0 from movement;
  insert into closed_balance (level_id, month, opening, units, movements)
  select level_id, '2024-03-01', opening, units, movements from (${balancesOf
    .replaceAll("$1::bigint", "0")
    .replaceAll("$2::bigint", "(select up_to from closed_month)")}) b;`;

const mug = "level_id = (select id from stock_level where sku = 'MUG')";
const sold = `kind = 'sale' and order_id = (select id from "order" where reference = 'SOLD')`;

/** Each with the invariant that must notice. */
export const closedFrauds: readonly (readonly [key: string, fraud: string])[] = [
  [
    "balance-is-ledger",
    `${closeAll} update closed_balance set removed_change = removed_change - 1 where ${mug}`,
  ],
  [
    "balance-is-ledger",
    `${closeAll} alter table movement disable trigger user; delete from movement where ${sold}`,
  ],
  ["balance-is-ledger", `${closeAll} update closed_balance set movements = 99 where ${mug}`],
  [
    "balance-is-ledger",
    `${closeAll} update closed_balance set units = units + 1, removed_change = removed_change + 1 where ${mug}`,
  ],
  [
    "balance-follows",
    `${closeAll} update closed_balance set opening = 1, removed_change = -1 where ${mug}`,
  ],
  ["month-is-balances", `${closeAll} update closed_month set levels = levels + 1`],
  ["month-is-balances", `${closeAll} update closed_month set after = 1, removed_to = 1`],
  ["movement-has-balance", `${closeAll} delete from closed_balance where ${mug}`],
  [
    "sold-once",
    `${closeAll} delete from movement where ${sold};
     with level as (update stock_level set units = units - 3 where sku = 'MUG' returning id, units)
     insert into movement (level_id, kind, change, units_after, order_id)
     select level.id, 'sale', -3, level.units, o.id from level, "order" o where o.reference = 'SOLD'`,
  ],
  [
    "sales-are-lines",
    `${closeAll} delete from movement where ${sold};
     with level as (update stock_level set units = units - 9 where sku = 'MUG' returning id, units)
     insert into movement (level_id, kind, change, units_after, order_id)
     select level.id, 'allocation', -9, level.units, o.id from level, "order" o where o.reference = 'SOLD'`,
  ],
  [
    "sales-are-lines",
    `${closeAll} delete from movement where ${sold};
     with level as (update stock_level set units = units - 1 where sku = 'MUG' returning id, units)
     insert into movement (level_id, kind, change, units_after, order_id)
     select level.id, 'allocation', -1, level.units, o.id from level, "order" o where o.reference = 'SOLD'`,
  ],
];
