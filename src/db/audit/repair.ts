// Does one repair, in a transaction of its own, under the locks that every change of a level takes. What was found may
// have changed since, so it is read again under the lock.

import type { Pool } from "pg";
import { alertAfter, alertTransition } from "../../domain/stock/alert-transition.ts";
import { type AlertState, limitOf } from "../../domain/stock/stock-holder.ts";
import { findUnsoldCounts } from "../alerts/find-unsold-counts.ts";
import { type Cause, recordTransition } from "../alerts/record-transition.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";
import { levelColumns, type LockedLevel } from "../stock/locked-level.ts";
import { moveUnits } from "../stock/move-units.ts";
import { describeRepair, isUntold, type Repair } from "./find-repairs.ts";

/**
 * Does a repair for `actor`, and stores who did it. Resolves with false, and changes nothing, if there is nothing to
 * repair any more. The sweeper announces what is to be mailed.
 */
export function doRepair(pool: Pool, repair: Repair, actor: string): Promise<boolean> {
  const attempt = () =>
    inTransaction(pool, async ({ sql }) => {
      const done = await change(sql, repair, actor);
      if (done) {
        await sql(
          "insert into audit_repair (actor, kind, level_id, said) values ($1, $2, $3, $4)",
          [actor, repair.kind, repair.levelId, describeRepair(repair)],
        );
      }
      return done;
    });
  return retryTransaction(attempt);
}

async function change(sql: Sql, repair: Repair, actor: string): Promise<boolean> {
  if (repair.kind === "mail") return makeDue(sql, repair);
  const [level] = await sql<LockedLevel>(
    `select ${levelColumns} from stock_level l where l.id = $1 and not l.retired for update`,
    [repair.levelId],
  );
  if (level === undefined) return false;
  return repair.kind === "ledger"
    ? correctLedger(sql, level, actor)
    : settleAlert(sql, level, actor);
}

async function correctLedger(sql: Sql, level: LockedLevel, actor: string): Promise<boolean> {
  const rows = await sql<{ units: number }>(
    "select units_after as units from movement where level_id = $1 order by id desc limit 1",
    [level.id],
  );
  const ledger = rows[0]?.units ?? 0;
  if (ledger === level.units) return false;
  const move = {
    levelId: level.id,
    kind: "adjustment",
    change: level.units - ledger,
    unitsAfter: level.units,
    actor,
    reason: "correction",
    note: `The count was ${level.units} and the ledger ended with ${ledger}.`,
  } as const;
  await moveUnits(sql, [move]);
  return true;
}

/**
 * Gives a level the alert that it must have. If the ledger shows which movement made it low or out, the alert is news with
 * that cause, and is mailed. If not, it is only shown.
 */
async function settleAlert(sql: Sql, locked: LockedLevel, actor: string): Promise<boolean> {
  const [open] = await sql<{ state: AlertState }>(
    "select state from stock_alert where level_id = $1 and ended_at is null for update",
    [locked.id],
  );
  const isUnsold = (await findUnsoldCounts(sql, [locked.id])).has(locked.id);
  const level = { ...locked, alert: open?.state ?? null, inUse: locked.inUse && !isUnsold };
  const transition = alertTransition(level, level);
  const state = alertAfter(level.alert, transition);
  if (transition === null && state === locked.alert) return false;
  await sql("update stock_level set alert_state = $2 where id = $1", [level.id, state]);
  if (transition === null) return true;
  const fall = state === null ? undefined : await findFall(sql, level.id, state);
  const limit = limitOf(level);
  const cause = fall ?? { actor };
  // What events told of the holder when it happened is not told again.
  const entry = { level, units: level.units, limit, cause, isTold: true };
  const quiet = fall === undefined;
  const told = transition.kind === "opened" ? { ...transition, quiet } : transition;
  await recordTransition(sql, { ...entry, transition: told });
  return true;
}

/** Finds the order or the actor of the last movement that brought a level to this state, under the policy of today. */
async function findFall(sql: Sql, levelId: number, state: AlertState): Promise<Cause | undefined> {
  const [fall] = await sql<{ order: string | null; actor: string | null }>(
    `select m.order_id as "order", m.actor
     from (select * from stock_policy where level_id = $1 order by id desc limit 1) p
       cross join lateral (
         select case $2 when 'out' then p.out_at else p.low_at end as threshold) t
       join movement m on m.level_id = $1 and m.id > p.ends_with
         and m.units_after <= t.threshold and m.units_after - m.change > t.threshold
     order by m.id desc limit 1`,
    [levelId, state],
  );
  if (fall === undefined) return undefined;
  return {
    ...(fall.order === null ? {} : { orderId: fall.order }),
    ...(fall.actor === null ? {} : { actor: fall.actor }),
  };
}

/** Makes news due again, so that the next sweep announces it. */
async function makeDue(sql: Sql, repair: Extract<Repair, { kind: "mail" }>): Promise<boolean> {
  await sql("select from stock_alert where id = $1 for update", [repair.alertId]);
  const rows = await sql(
    `update alert_news n set told_at = null, checked_at = null, due_at = clock_timestamp()
     where n.alert_id = $1 and n.number = $2 and ${isUntold} returning n.number`,
    [repair.alertId, repair.number],
  );
  return rows.length > 0;
}
