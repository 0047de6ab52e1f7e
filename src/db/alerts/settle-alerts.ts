// Brings the alerts of changed stock levels in step with them, whatever the change was: of the units, of the
// threshold, or of whether they are tracked. To be called in the transaction that changes and locks them.

import { alertAfter, alertTransition } from "../../domain/stock/alert-transition.ts";
import { limitOf } from "../../domain/stock/stock-holder.ts";
import type { LockedLevel } from "../stock/locked-level.ts";
import type { Sql } from "../sql/sql.ts";
import { type AlertToCheck, type Cause, recordTransition } from "./record-transition.ts";

/** A locked level as it was and as it is now. */
export type LevelChange = { readonly before: LockedLevel; readonly after: LockedLevel };

/**
 * Opens, worsens and ends the alerts that the changes call for. Resolves with those that need a check once
 * the transaction is committed.
 */
export async function settleAlerts(
  sql: Sql,
  changes: readonly LevelChange[],
  cause: Cause,
): Promise<AlertToCheck[]> {
  const toCheck: AlertToCheck[] = [];
  for (const { before, after } of changes) {
    const transition = alertTransition(before, after);
    if (transition === null) continue;
    await sql("update stock_level set alert_state = $2 where id = $1", [
      after.id,
      alertAfter(before.alert, transition),
    ]);
    const limit = limitOf(after.threshold);
    const entry = { level: after, transition, units: after.units, limit, cause };
    const alert = await recordTransition(sql, entry);
    if (alert !== null) toCheck.push(alert);
  }
  return toCheck;
}
