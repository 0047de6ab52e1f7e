// Books received units on the expected delivery that they came with. Its row is locked first, so that two receipts of
// one delivery count one after the other.

import {
  bookReceived,
  type ExpectedLine,
  isComplete,
} from "../../domain/receiving/expected-delivery.ts";
import { arrayLiteral, textArrayLiteral } from "../sql/array-literal.ts";
import type { Sql } from "../sql/sql.ts";
import { idOrNull } from "./id-or-null.ts";

/** A delivery whose row is locked. */
export type LockedDelivery = {
  readonly id: string;
  readonly reference: string;
  readonly isClosed: boolean;
  readonly reason: string | null;
};

/** Locks a delivery by its reference or its id; undefined if there is none. */
export async function lockDelivery(sql: Sql, key: string): Promise<LockedDelivery | undefined> {
  const [delivery] = await sql<LockedDelivery>(
    `select id, reference, closed_at is not null as "isClosed", close_reason as reason
     from expected_delivery
     where id = (select id from expected_delivery where reference = $1 union all
       select id from expected_delivery where id = $2 limit 1)
     for update`,
    [key, idOrNull(key)],
  );
  return delivery;
}

/** Books units of each SKU on a locked, open delivery. If all of it came now, and nothing else, it is closed. */
export async function bookOnDelivery(
  sql: Sql,
  { id }: Pick<LockedDelivery, "id">,
  receipt: { readonly received: ReadonlyMap<string, number>; readonly actor: string },
): Promise<void> {
  const booked = bookReceived(await readLines(sql, id), receipt.received);
  await sql(
    `insert into expected_delivery_line (delivery_id, line, sku, units, received)
     select $1, row_number() over (order by place), sku, units, received
     from unnest($2::text[], $3::bigint[], $4::bigint[]) with ordinality as l (sku, units, received, place)
     on conflict (delivery_id, sku) do update set received = excluded.received`,
    [
      id,
      textArrayLiteral(booked.map(({ sku }) => sku)),
      arrayLiteral(booked.map(({ expected }) => expected)),
      arrayLiteral(booked.map(({ received }) => received)),
    ],
  );
  if (isComplete(booked)) await endDelivery(sql, { id, actor: receipt.actor, reason: null });
}

/** The lines of a delivery, in their order. */
async function readLines(sql: Sql, id: string): Promise<readonly ExpectedLine[]> {
  return sql<ExpectedLine>(
    `select sku, units as expected, received from expected_delivery_line
     where delivery_id = $1 order by line`,
    [id],
  );
}

/** Closes a locked delivery. Nothing of it is expected any more. */
export async function endDelivery(
  sql: Sql,
  end: { readonly id: string; readonly actor: string; readonly reason: string | null },
): Promise<void> {
  await sql(
    `with lines as (update expected_delivery_line set is_closed = true where delivery_id = $1)
     update expected_delivery set closed_at = clock_timestamp(), closed_by = $2, close_reason = $3
     where id = $1`,
    [end.id, end.actor, end.reason],
  );
}
