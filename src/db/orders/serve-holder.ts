// Serves the pre-orders that wait for the units of one holder, in a transaction of its own.

import type { Pool } from "pg";
import type { AlertToCheck } from "../alerts/record-transition.ts";
import { settleAlerts } from "../alerts/settle-alerts.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { inTransaction } from "../sql/transaction.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import { servePreOrders } from "./serve-pre-orders.ts";

/** How many orders got units, and the alerts that need a check after the commit. */
export type ServedHolder = { readonly orders: number; readonly alerts: readonly AlertToCheck[] };

/** Serves everybody who waits for units of a holder, in the name of the service. */
export function serveHolder(pool: Pool, holderId: number): Promise<ServedHolder> {
  const cause = { actor: "tallyman" };
  const attempt = () =>
    inTransaction(pool, async ({ sql }): Promise<ServedHolder> => {
      const before = await sql<LockedLevel>(
        `select ${levelColumns} from stock_level l where l.id = $1 for update`,
        [holderId],
      );
      const { levels, orders } = await servePreOrders(sql, before, cause);
      const changes = before.map((level, index) => ({
        before: level,
        after: levels[index] ?? level,
      }));
      return { orders, alerts: await settleAlerts(sql, changes, cause) };
    });
  return retryTransaction(attempt);
}
