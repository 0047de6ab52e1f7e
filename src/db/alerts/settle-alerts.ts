// Updates the alerts of changed stock levels, after any change of their units, threshold or policy. It runs in the
// transaction that locks and changes the levels.

import { alertAfter, alertStateOf, alertTransition } from "../../domain/stock/alert-transition.ts";
import { type AlertState, limitOf } from "../../domain/stock/stock-holder.ts";
import type { LockedLevel } from "../stock/locked-level.ts";
import type { Sql } from "../sql/sql.ts";
import { findUnsoldCounts } from "./find-unsold-counts.ts";
import { type AlertToCheck, type Cause, recordTransition } from "./record-transition.ts";

/** A locked level before and after a change; `before` is null if the change created it. */
export type LevelChange = { readonly before: LockedLevel | null; readonly after: LockedLevel };

/** The level with the alert that an earlier change of it has left. */
function withAlert<Level extends LockedLevel | null>(
  level: Level,
  settled: ReadonlyMap<number, AlertState | null>,
): Level {
  const alert = level === null ? undefined : settled.get(level.id);
  return level === null || alert === undefined ? level : { ...level, alert };
}

/**
 * Opens, worsens, eases and ends alerts as the changes require. Resolves with those that need a check after the commit.
 * A level may be changed several times, in the order of its changes. Calls `onQuiet` with each level whose alert opened quietly.
 */
export async function settleAlerts(
  sql: Sql,
  changes: readonly LevelChange[],
  cause: Cause,
  onQuiet: (level: LockedLevel) => void = () => undefined,
): Promise<AlertToCheck[]> {
  const doubtful = changes.filter(({ after }) => !after.isVariant && alertStateOf(after) !== null);
  const unsold = await findUnsoldCounts(
    sql,
    doubtful.map(({ after }) => after.id),
  );
  const toCheck: AlertToCheck[] = [];
  const settled = new Map<number, AlertState | null>();
  for (const change of changes) {
    const before = withAlert(change.before, settled);
    const after = withAlert(change.after, settled);
    const counted = unsold.has(after.id) ? { ...after, inUse: false } : after;
    const transition = alertTransition(before, counted);
    if (transition === null) continue;
    const state = alertAfter(before?.alert ?? null, transition);
    settled.set(after.id, state);
    await sql("update stock_level set alert_state = $2 where id = $1", [after.id, state]);
    const limit = limitOf(after);
    const entry = { level: counted, transition, units: after.units, limit, cause };
    const alert = await recordTransition(sql, entry);
    if (alert !== null) toCheck.push(alert);
    if (transition.kind === "opened" && transition.quiet) onQuiet(after);
  }
  return toCheck;
}
