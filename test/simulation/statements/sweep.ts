// What a sweep executes. The model has no alerts, mails, webhooks, pre-orders or sessions, so it finds none.

/* oxlint-disable require-yield -- a statement that locks nothing waits for nothing */

import type { ResultRow } from "../model-session.ts";
import type { StatementContext } from "../statement-context.ts";
import type { OrderRow } from "../model-rows.ts";
import { anyOf, ascending, type Statement, text, whole } from "./statement.ts";

const waitingSince = (order: OrderRow): number => Math.max(order.acceptedAt, order.paidAt ?? 0);

function page(
  { tables, read }: StatementContext,
  [after, limit]: readonly unknown[],
  isWanted: (order: OrderRow) => boolean,
): ResultRow[] {
  const found: OrderRow[] = [];
  for (const row of tables.orders.all()) {
    const order = read(row);
    if (order !== undefined && order.id > text(after) && isWanted(order)) found.push(order);
  }
  return found
    .toSorted((a, b) => ascending(a.id, b.id))
    .slice(0, whole(limit))
    .map(({ id, reference, requested, jobId }) => ({
      id,
      reference,
      lines: requested.length,
      jobId,
    }));
}

/** A statement that finds nothing in the model. */
const nothing = (part: string, does: string): Statement => ({
  part,
  does,
  *run() {
    return [];
  },
});

export const sweepStatements: readonly Statement[] = [
  {
    part: "pg_try_advisory_xact_lock",
    does: "trying the lock of sweeps",
    *run({ takeSweepLock }) {
      return [{ locked: takeSweepLock() }];
    },
  },
  {
    part: "as endpoints",
    does: "looking whether anything has waited too long",
    *run({ tables, read, now }, [ageMs]) {
      const before = now - whole(ageMs);
      const orders = [...tables.orders.all()].some((row) => {
        const order = read(row);
        return order?.status === "pending" && waitingSince(order) < before;
      });
      return [{ orders, alerts: false, mails: false, endpoints: false }];
    },
  },
  nothing("from webhook_endpoint where status = 'active'", "looking for endpoints of webhooks"),
  nothing("select 1", "confirming the lock of sweeps"),
  {
    part: "from feed_horizon() h",
    does: "looking what holds the feed up",
    *run() {
      return [{ places: 0, heldBy: null, seconds: 0 }];
    },
  },
  {
    part: `coalesce(job_id, id) as "jobId"`,
    does: "looking for pending orders that wait",
    *run(context, values) {
      const before = context.now - whole(values[2]);
      return page(
        context,
        values,
        (order) => order.status === "pending" && waitingSince(order) < before,
      );
    },
  },
  {
    part: "pay_by is not null and paid_at is null and status in",
    does: "looking for overdue orders",
    *run(context, values) {
      const before = context.now - whole(values[2]);
      return page(
        context,
        values,
        ({ payBy, paidAt, status }) =>
          payBy !== null &&
          paidAt === null &&
          ["awaiting-payment", "pending", "confirmed"].includes(status) &&
          payBy < before,
      );
    },
  },
  {
    part: `update "order" o set job_id = $2`,
    does: "giving pending orders another job",
    *run({ tables, read, lock, write }, [ids, jobId]) {
      const rows = anyOf(ids)
        .map((id) => tables.orders.at(`order ${id}`))
        .filter((row) => read(row)?.status === "pending");
      for (const row of rows) yield* lock(row);
      for (const row of rows) {
        const order = read(row);
        if (order?.status === "pending") write(row, { ...order, jobId: text(jobId) });
      }
      return [];
    },
  },
  nothing("join stock_alert a on a.id = due.id", "looking for alerts"),
  nothing("from mail m left join stock_alert", "looking for mails"),
  nothing("with recursive waiting (item_id)", "looking for pre-orders"),
  nothing("delete from idempotent_request", "deleting old keys"),
  nothing("delete from admin_session", "deleting old sessions"),
  nothing("left join level_outlook", "looking for items whose sales were not counted lately"),
];
