// The last word on receipts: each of their units is in the ledger, once.

import { expect } from "vitest";
import type { TestService } from "./service.ts";

/** Fails unless, for each receipt and level, the units of the lines are those of one movement of its own. */
export async function expectReceiptsInLedger(service: Pick<TestService, "sql">): Promise<void> {
  const faults = await service.sql(
    `select coalesce(l.level_id, m.level_id) as level_id, l.movement_id, l.units, m.change
     from (select level_id, movement_id, sum(units) as units, count(distinct receipt_id) as receipts
         from receipt_line group by level_id, movement_id) l
       left join movement m on m.level_id = l.level_id and m.id = l.movement_id and m.kind = 'receipt'
     where l.units is distinct from m.change or l.receipts <> 1`,
  );
  expect(faults).toEqual([]);
  const empty = await service.sql(
    `select id from receipt where not exists (select from receipt_line where receipt_id = receipt.id)`,
  );
  expect(empty).toEqual([]);
}
