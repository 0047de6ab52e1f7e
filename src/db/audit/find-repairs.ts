// Finds what an audit can repair safely. That is little: the ledger is never changed, no count that orders are decided by
// changes, and nobody is told of what is over.
//
// If a level and its ledger differ, the ledger gets a correction, and the level stays. Orders were confirmed by the level,
// and people see it. To set it to the ledger's sum could sell units again that were sold. The correction changes nothing
// that is sold, is seen in the item's history, and a count of the shelf can set it right later.

import type { ClientBase, Pool } from "pg";
import type { AlertState } from "../../domain/stock/stock-holder.ts";
import { mayLackMail } from "../retention/kept.ts";
import { inUse } from "../stock/in-use.ts";

/** A repair that can be done. */
export type Repair = { readonly levelId: number; readonly sku: string } & (
  | { readonly kind: "ledger"; readonly units: number; readonly ledger: number }
  | {
      readonly kind: "alert";
      readonly units: number;
      readonly from: AlertState | null;
      readonly to: AlertState | null;
    }
  | {
      readonly kind: "mail";
      readonly alertId: string;
      readonly number: number;
      readonly state: AlertState;
    }
);

/** The most repairs of one kind that are offered at once. */
const repairsMax = 1_000;

/** A condition: nobody was told of news `n`, nobody will be, and it still holds. */
export const isUntold = /* sql */ `not n.quiet and n.due_at is null and n.recovered_at is null
  and (n.checked_at is null or (n.told_at is not null and not ${mayLackMail("n.told_at")} and not exists (
    select from mail m where m.alert_id = n.alert_id and m.news = n.number and m.resend_of is null)))`;

/** Finds the repairs that are possible now, up to a thousand of each kind. */
export async function findRepairs(client: Pool | ClientBase): Promise<readonly Repair[]> {
  const { rows: ledger } = await client.query<Extract<Repair, { kind: "ledger" }>>(
    `select 'ledger' as kind, l.id as "levelId", l.sku, l.units::float8 as units,
       coalesce(m.units_after, 0)::float8 as ledger
     from stock_level l left join lateral (
       select units_after from movement where level_id = l.id order by id desc limit 1) m on true
     where not l.retired and l.units <> coalesce(m.units_after, 0) order by l.id limit ${repairsMax}`,
  );
  const { rows: alerts } = await client.query<Extract<Repair, { kind: "alert" }>>(
    `select 'alert' as kind, l.id as "levelId", l.sku, l.units::float8 as units, a.state as "from", due.state as "to"
     from stock_level l cross join lateral stock_policy_of(l) policy
       cross join lateral (select case when not policy.counted then null when l.units <= policy.out_at then 'out'
         when l.units <= policy.low_at then 'low' end as state) due
       left join stock_alert a on a.level_id = l.id and a.ended_at is null
     where a.state is distinct from due.state or l.alert_state is distinct from due.state
     order by l.id limit ${repairsMax}`,
  );
  const { rows: mails } = await client.query<Extract<Repair, { kind: "mail" }>>(
    `select 'mail' as kind, l.id as "levelId", l.sku, n.alert_id as "alertId", n.number, n.state
     from stock_alert a join alert_news n on n.alert_id = a.id join stock_level l on l.id = a.level_id
     where a.ended_at is null and ${inUse("l")} and ${isUntold}
     order by n.alert_id, n.number limit ${repairsMax}`,
  );
  return [...ledger, ...alerts, ...mails];
}

/** Says what a repair does. */
export function describeRepair(repair: Repair): string {
  switch (repair.kind) {
    case "ledger": {
      const { sku, units, ledger } = repair;
      const change = units - ledger;
      return `${sku} has ${units} units and its ledger ends with ${ledger}. Write a correction of ${change > 0 ? "+" : ""}${change} into the ledger. The count stays ${units}: count the shelf afterwards.`;
    }
    case "alert":
      return describeAlert(repair);
    case "mail":
      return `Nobody was mailed that ${repair.sku} is ${repair.state}, and it still is. Mail it to those who are alerted.`;
  }
}

function describeAlert({ sku, units, from, to }: Extract<Repair, { kind: "alert" }>): string {
  const now = `${sku} has ${units} units`;
  if (to === from)
    return `${now}, and is not marked as its open alert says. Mark it as ${to ?? "without an alert"}.`;
  if (to === null) return `${now}, and its alert says ${from}. End the alert.`;
  if (from === null) return `${now}, is ${to}, and has no alert. Open one.`;
  return `${now}, is ${to}, and its alert says ${from}. Set the alert to ${to}.`;
}
