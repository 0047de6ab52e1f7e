// Cancels and refunds orders by hand, whole or by line. Neither changes stock by itself. Units come back by a restock, when
// somebody has seen that the goods are there; or at once, if the request or the store's settings say so.

import type { Pool } from "pg";
import * as z from "zod";
import { type GivenUpLine, type GivingUp, planGiveUp } from "../../domain/order/give-up.ts";
import type { RequestedUnits } from "../../domain/order/line-units.ts";
import { mayBecome, type OrderStatus } from "../../domain/order/order-status.ts";
import type { StockReason } from "../../domain/stock/stock-reason.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { currentRequestId } from "../request-scope.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { restocksOnReturn } from "../store/restocks-on-return.ts";
import { changeLines } from "./change-lines.ts";
import { lockLevels, type LockedLevels, lostItsLevels } from "./lock-levels.ts";
import { lockLines, lockOrder, readLines, type StoredUnits } from "./lock-order.ts";
import { bySku, type LineBack, putBack } from "./put-back.ts";

/** A requested cancellation or refund. */
export type CancelOrRefund = {
  readonly id: string;
  readonly to: GivingUp;
  /** What is given up; null for all that is left. */
  readonly lines: readonly RequestedUnits[] | null;
  /** Whether the units go back to stock at once; null if the store's settings decide it. */
  readonly restock: boolean | null;
  /** Why they go back. */
  readonly reason: StockReason;
  readonly actor: string;
  readonly note: string | null;
};

/**
 * Cancels or refunds an order or lines of it: all that is requested, or nothing. An order that has ended by the same
 * request without lines stays as it is. With a claim, the same request sent again has no second effect; resolves with
 * "key-reused" if its key came with another request. Throws `Refused` if it is not allowed.
 */
export function cancelOrRefund(
  pool: Pool,
  request: CancelOrRefund,
  claim: IdempotencyClaim | undefined,
): Promise<"changed" | "key-reused"> {
  const attempt = () =>
    inTransaction(pool, (transaction) =>
      onceOnly(transaction.sql, claim, z.literal("changed"), () => change(transaction, request)),
    );
  return retryTransaction(attempt, lostItsLevels);
}

async function change(transaction: Transaction, request: CancelOrRefund): Promise<"changed"> {
  const status = await lockOrder(transaction.sql, request.id);
  if (status === "confirmed") await giveUp(transaction, request);
  else await endWhole(transaction.sql, request, status);
  return "changed";
}

/** Ends an order that has no lines yet, or finds that it has ended. */
async function endWhole(sql: Sql, request: CancelOrRefund, status: OrderStatus): Promise<void> {
  const { id, to, note } = request;
  if (request.lines !== null) throw new Refused({ kind: "wrong-status", change: "lines", status });
  if (status === to || (await endedBy(sql, id)) === `order.${to}`) return;
  if (!mayBecome(status, to)) throw new Refused({ kind: "wrong-status", change: to, status });
  await writeStatus(sql, id, to);
  await writeEvent(sql, request, note === null ? null : { note });
}

/**
 * The event that ended an order. An order of which units were refunded is called refunded also if the rest was
 * cancelled; a repeated cancellation must find that it was done.
 */
async function endedBy(sql: Sql, id: string): Promise<string | undefined> {
  const [last] = await sql<{ type: string }>(
    `select type from event where order_id = $1 and type in ('order.cancelled', 'order.refunded')
     order by id desc limit 1`,
    [id],
  );
  return last?.type;
}

async function giveUp(transaction: Transaction, request: CancelOrRefund): Promise<void> {
  const { sql } = transaction;
  const { id, to, note } = request;
  const restock = request.restock ?? (await restocksOnReturn(sql));
  const { lines, levels } = await lockAll(transaction, request, restock);
  const outcome = planGiveUp(lines, request.lines, to);
  if (outcome.kind === "not-left") throw new Refused({ ...outcome, change: to });

  const given = outcome.lines.flatMap((units) => {
    const line = lines.find((candidate) => candidate.line === units.line);
    return line === undefined ? [] : [{ ...units, line }];
  });
  const back = restock ? returning(given, levels) : [];
  const changes = outcome.lines.map(({ line, units, released, returnable }) => ({
    line,
    [to]: units,
    released,
    restocked: restock ? returnable : 0,
  }));
  await changeLines(sql, id, changes);
  if (outcome.status !== "confirmed") await writeStatus(sql, id, outcome.status);
  await writeEvent(sql, request, { status: outcome.status, note, lines: bySku(given) });
  const endsPromise = outcome.lines.some(({ released }) => released > 0);
  if (outcome.status === "confirmed" && endsPromise) await writeIfReady(sql, request);
  if (back.length > 0) await putBack(transaction, request, back, levels);
}

/**
 * Locks the lines that may be given up, after the levels of those that may come back to stock, or whose promise may end.
 * Others are locked without their level: nobody but the order's own changes touches them.
 */
async function lockAll(
  { sql, prepared }: Transaction,
  { id, lines: requested }: CancelOrRefund,
  restock: boolean,
): Promise<{ readonly lines: readonly StoredUnits[]; readonly levels: LockedLevels }> {
  const lines = await readLines(sql, id);
  const skus = requested === null ? null : new Set(requested.map(({ sku }) => sku));
  const named = lines.filter(({ sku }) => skus?.has(sku) ?? true);
  const counted = named.filter((line) => line.preOrdered > 0 || (restock && line.allocated > 0));
  const levels = await lockLevels(prepared, new Set(counted.map(({ itemId }) => itemId)));
  const locked = named.map(({ line }) => line);
  return { lines: await lockLines(sql, id, { lines, locked }), levels };
}

/** The units that come back. Throws `Refused` if an item of them was deleted, so that no count could have them. */
function returning(
  given: readonly (Omit<GivenUpLine, "line"> & { readonly line: StoredUnits })[],
  { deleted }: LockedLevels,
): readonly LineBack[] {
  const back = given.filter(({ returnable }) => returnable > 0);
  const gone = back.filter(({ line }) => deleted.has(line.itemId)).map(({ line }) => line.sku);
  if (gone.length > 0)
    throw new Refused({ kind: "no-count-for-restock", skus: [...new Set(gone)] });
  return back.map(({ line, returnable }) => ({ line, units: returnable }));
}

/** Writes the end of an order. Its lines have been written before: the database completes lines that were not. */
async function writeStatus(sql: Sql, id: string, status: GivingUp): Promise<void> {
  await sql(
    `update "order" set status = $2, decided_at = coalesce(decided_at, clock_timestamp()) where id = $1`,
    [id, status],
  );
}

/** Writes that an order is ready if the promise that has just ended was the last one that it waited for. */
async function writeIfReady(sql: Sql, { id, actor }: CancelOrRefund): Promise<void> {
  await sql(
    `insert into event (type, order_id, actor, request_id) select 'order.ready', $1::uuid, $2, $3
     where not exists (select from order_line where order_id = $1::uuid and pre_ordered > 0)`,
    [id, actor, currentRequestId()],
  );
}

async function writeEvent(
  sql: Sql,
  { id, to, actor }: CancelOrRefund,
  data: object | null,
): Promise<void> {
  await sql(
    "insert into event (type, order_id, actor, data, request_id) values ($1, $2, $3, $4, $5)",
    [`order.${to}`, id, actor, data === null ? null : JSON.stringify(data), currentRequestId()],
  );
}
