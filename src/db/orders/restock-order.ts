// Puts units of a cancelled or refunded order back to stock, by hand. They go to the item's holder of today. If a
// variant was given units of its own since, that is the variant. If the item was deleted and made again, it is the new
// one.

import type { Pool } from "pg";
import * as z from "zod";
import { mayBeRestocked, type OrderStatus } from "../../domain/order/order-status.ts";
import { planRestock, type RestockRequest, type ServedLine } from "../../domain/order/restock.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import type { Sql } from "../sql/sql.ts";
import { changeUnits } from "../stock/change-units.ts";
import { inTransaction } from "../sql/transaction.ts";
import { arrayLiteral } from "../sql/array-literal.ts";
import { Refused } from "../refused.ts";
import { lostAgainstAnother, retryTransaction } from "../sql/retry-transaction.ts";
import type { Transaction } from "../sql/transaction.ts";
import { HolderChangedError, lockLevels, type LockedLevels } from "./lock-levels.ts";

/** A requested restock. */
export type Restock = {
  readonly id: string;
  readonly lines: readonly RestockRequest[];
  readonly actor: string;
  readonly note: string | null;
};

/**
 * Restocks lines of an order: all that are requested, or none. With a claim, the same request sent again puts nothing
 * back again; resolves with "key-reused" if its key came with another request. Throws `Refused` if the
 * restock is not allowed.
 */
export async function restockOrder(
  pool: Pool,
  restock: Restock,
  claim: IdempotencyClaim | undefined,
): Promise<"restocked" | "key-reused"> {
  const attempt = () =>
    inTransaction(pool, (transaction) =>
      onceOnly(transaction.sql, claim, z.literal("restocked"), () =>
        restockLines(transaction, restock),
      ),
    );
  return retryTransaction(
    attempt,
    (error) => lostAgainstAnother(error) || error instanceof HolderChangedError,
  );
}

async function restockLines(transaction: Transaction, restock: Restock): Promise<"restocked"> {
  const { sql, prepared } = transaction;
  const [order] = await sql<{ status: OrderStatus }>(
    'select status from "order" where id = $1 for update',
    [restock.id],
  );
  const status = order?.status;
  if (status === undefined) throw new Refused({ kind: "unknown", what: "order", key: restock.id });
  if (!mayBeRestocked(status)) {
    throw new Refused({ kind: "wrong-status", change: "restock", status });
  }
  const taken = await readTakenLines(sql, restock);
  const locked = await lockLevels(prepared, new Set(taken.map(({ itemId }) => itemId)));
  const served = taken.map((line) => ({ ...line, deleted: locked.deleted.has(line.itemId) }));
  const outcome = planRestock(served, restock.lines);
  if (outcome.kind === "not-restockable") throw new Refused(outcome);

  await sql(
    `update order_line l set restocked = l.restocked + r.units
     from unnest($2::smallint[], $3::integer[]) as r (line, units)
     where l.order_id = $1 and l.line = r.line`,
    [
      restock.id,
      arrayLiteral(outcome.lines.map(({ line }) => line)),
      arrayLiteral(outcome.lines.map(({ units }) => units)),
    ],
  );
  const back = outcome.lines.flatMap(({ line, units }) => {
    const item = served.find((candidate) => candidate.line === line);
    return item === undefined ? [] : [{ itemId: item.itemId, units }];
  });
  await putBack(transaction, restock, back, locked);
  await sql(
    "insert into event (type, order_id, actor, data) values ('order.restocked', $1, $2, $3)",
    [restock.id, restock.actor, JSON.stringify({ note: restock.note, lines: restock.lines })],
  );
  return "restocked";
}

type TakenLine = Omit<ServedLine, "deleted"> & { readonly itemId: number };

/** Reads the lines of the order that the request names. */
async function readTakenLines(
  sql: Sql,
  { id, lines }: Pick<Restock, "id" | "lines">,
): Promise<readonly TakenLine[]> {
  return sql<TakenLine>(
    `select l.line, s.sku, l.item_id as "itemId", l.allocated, l.restocked
     from order_line l join stock_level s on s.id = l.item_id
     where l.order_id = $1 and s.sku = any ($2::text[]) order by l.line`,
    [id, lines.map(({ sku }) => sku)],
  );
}

/** Gives each holder its units back. */
async function putBack(
  transaction: Transaction,
  { id, actor, note }: Restock,
  back: readonly { readonly itemId: number; readonly units: number }[],
  { levels, holderOf }: LockedLevels,
): Promise<void> {
  const unitsOf = new Map<number, number>();
  for (const { itemId, units } of back) {
    const holderId = holderOf.get(itemId);
    if (holderId !== undefined) unitsOf.set(holderId, (unitsOf.get(holderId) ?? 0) + units);
  }
  const changes = [...unitsOf].flatMap(([levelId, change]) => {
    const level = levels.get(levelId);
    return level === undefined ? [] : [{ level, change }];
  });
  await changeUnits(transaction, changes, {
    kind: "restock",
    orderId: id,
    actor,
    reason: null,
    note,
  });
}
