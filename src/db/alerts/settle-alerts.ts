// Updates the alerts of changed stock levels, after any change of their units, threshold or policy. It runs in the
// transaction that locks and changes the levels.

import { alertAfter, alertTransition } from "../../domain/stock/alert-transition.ts";
import { limitOf } from "../../domain/stock/stock-holder.ts";
import type { LockedLevel } from "../stock/locked-level.ts";
import type { Sql } from "../sql/sql.ts";
import { type AlertToCheck, type Cause, recordTransition } from "./record-transition.ts";

/** A locked level before and after a change. */
export type LevelChange = { readonly before: LockedLevel; readonly after: LockedLevel };

/** Opens, escalates and ends alerts as the changes require. Resolves with those that need a check after the commit. */
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
