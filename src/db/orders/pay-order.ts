// Marks an order as paid. If it takes stock only then, it becomes pending in the same transaction, as a new order is.

import type { Pool } from "pg";
import { decidePayment, type PayableOrder } from "../../domain/order/payment.ts";
import { Refused } from "../refused.ts";
import { currentRequestId } from "../request-scope.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/** A payment. `jobId` is the job that will announce the order if it takes its stock now. */
export type Payment = {
  readonly id: string;
  /** Whether an expired order is taken once more. */
  readonly retake: boolean;
  /** Whether an open request waits for the decision. */
  readonly awaited: boolean;
  readonly jobId: string;
  readonly actor: string;
  readonly note: string | null;
};

/**
 * What a payment did. `take`: the order is pending now and has to be announced. `mark` and `known`: it is paid, now or
 * since an earlier request. `expired`: it came too late, and nothing was changed.
 */
export type PaidOrder =
  | { readonly kind: "take"; readonly reference: string; readonly lines: number }
  | { readonly kind: "mark" | "known" }
  | { readonly kind: "expired"; readonly isRetakeable: boolean };

type StoredPayable = PayableOrder & { readonly reference: string; readonly lines: number };

/**
 * Pays an order under its lock, so that it is either paid or expires, and no batch decides it at the same time. Throws
 * `Refused` if there is no such order, or if it has ended otherwise.
 */
export function payOrder(pool: Pool, payment: Payment): Promise<PaidOrder> {
  return inTransaction(pool, async ({ sql }) => {
    const [order] = await sql<StoredPayable>(
      `select status, paid_at is not null as "isPaid", retakeable as "isRetakeable", reference,
         json_array_length(requested) as lines
       from "order" where id = $1 for update`,
      [payment.id],
    );
    if (order === undefined) {
      throw new Refused({ kind: "unknown", what: "order", key: payment.id });
    }
    const kind = decidePayment(order, payment.retake);
    switch (kind) {
      case "refused":
        throw new Refused({ kind: "wrong-status", change: "paid", status: order.status });
      case "expired":
        return { kind, isRetakeable: order.isRetakeable };
      case "known":
        return { kind };
      case "mark":
        await sql(`update "order" set paid_at = clock_timestamp() where id = $1`, [payment.id]);
        await writePaid(sql, payment, false);
        return { kind };
      case "take":
        await makePending(sql, payment);
        await writePaid(sql, payment, order.status === "expired");
        return { kind, reference: order.reference, lines: order.lines };
    }
  });
}

/**
 * Makes an order pending, undecided as a new one. An expired order that was confirmed has lines of that decision, which
 * have given back everything. The ledger keeps what they took and gave back; the next decision writes them anew.
 */
async function makePending(sql: Sql, { id, jobId, awaited }: Payment): Promise<void> {
  const lines = await sql<{ line: number }>(
    "delete from order_line where order_id = $1 returning line",
    [id],
  );
  await sql(
    `update "order" set status = 'pending', paid_at = clock_timestamp(), decided_at = null, job_id = $2,
       awaited = $3, retakeable = false, retaken = $4
     where id = $1`,
    [id, jobId, awaited, lines.length > 0],
  );
}

async function writePaid(sql: Sql, { id, actor, note }: Payment, retake: boolean): Promise<void> {
  const data = { ...(note === null ? {} : { note }), ...(retake ? { retake } : {}) };
  await sql(
    "insert into event (type, order_id, actor, data, request_id) values ('order.paid', $1, $2, $3, $4)",
    [id, actor, Object.keys(data).length > 0 ? JSON.stringify(data) : null, currentRequestId()],
  );
}
