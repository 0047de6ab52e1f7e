// Puts units of an order that were cancelled or refunded back to stock, by hand.

import type { Pool } from "pg";
import * as z from "zod";
import type { RequestedUnits } from "../../domain/order/line-units.ts";
import { mayBeRestocked } from "../../domain/order/order-status.ts";
import { planRestock } from "../../domain/order/restock.ts";
import { type IdempotencyClaim, onceOnly } from "../idempotency.ts";
import { Refused } from "../refused.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { inTransaction, type Transaction } from "../sql/transaction.ts";
import { changeLines } from "./change-lines.ts";
import { lockLevels, lostItsLevels } from "./lock-levels.ts";
import { lockLines, lockOrder, readLines } from "./lock-order.ts";
import { type PuttingBack, putBack } from "./put-back.ts";

/** A requested restock. */
export type Restock = PuttingBack & { readonly lines: readonly RequestedUnits[] };

/**
 * Restocks lines of an order: all that are requested, or none. Nothing keeps units away but a deleted item, which has no
 * count. With a claim, the same request sent again puts nothing back again; resolves with "key-reused" if its key came
 * with another request. Throws `Refused` if the restock is not allowed.
 */
export function restockOrder(
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
  return retryTransaction(attempt, lostItsLevels);
}

async function restockLines(transaction: Transaction, restock: Restock): Promise<"restocked"> {
  const { sql, prepared } = transaction;
  const { id } = restock;
  const status = await lockOrder(sql, id);
  const read = await readLines(sql, id);
  if (!mayBeRestocked(status, read)) {
    throw new Refused({ kind: "wrong-status", change: "restock", status });
  }
  const skus = new Set(restock.lines.map(({ sku }) => sku));
  const named = read.filter(({ sku }) => skus.has(sku));
  const levels = await lockLevels(prepared, new Set(named.map(({ itemId }) => itemId)));
  const locked = named.map(({ line }) => line);
  const lines = (await lockLines(sql, id, { lines: named, locked })).map((line) => ({
    ...line,
    deleted: levels.deleted.has(line.itemId),
  }));
  const outcome = planRestock(lines, restock.lines);
  if (outcome.kind === "not-restockable") throw new Refused(outcome);

  const back = outcome.lines.flatMap(({ line: number, units }) => {
    const line = lines.find((candidate) => candidate.line === number);
    return line === undefined ? [] : [{ line, units }];
  });
  const changes = outcome.lines.map(({ line, units }) => ({ line, restocked: units }));
  await changeLines(sql, id, changes);
  await putBack(transaction, restock, back, levels);
  return "restocked";
}
