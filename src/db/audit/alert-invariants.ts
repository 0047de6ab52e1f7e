// What must always be true of alerts, their news and their mails. Every crossing is replayed from the ledger, with the
// levels that were in force then.

import { closedTo } from "../closing/closed-ledger.ts";
import { mayLackMail } from "../retention/kept.ts";
import type { Invariant } from "./invariant.ts";

/** The state of a count under a policy, as a number: 0 is neither, 1 is low, 2 is out. */
const rank = (units: string, policy: string): string => /* sql */ `case
  when not ${policy}.counted then 0
  when ${units} <= ${policy}.out_at then 2
  when ${units} <= ${policy}.low_at then 1 else 0 end`;

const stateOf = (ranked: string): string =>
  `case ${ranked} when 2 then 'out' when 1 then 'low' end`;

/** News of level `l` with the state of a crossing `c`, since the crossing. */
const newsOf = /* sql */ `select from stock_alert a join alert_news n on n.alert_id = a.id
  where a.level_id = l.id and n.state = ${stateOf("c.rank_after")} and n.at >= c.at`;

/** When the history of levels begins. Before that, nobody knows which levels were in force. */
const recordedSince = "(select min(at) from stock_policy)";

// Sales of closed months may be gone, so only those of open months are replayed.
// A movement is replayed alone. But units that come in go to waiting pre-orders in the same transaction, and alerts are
// settled by what is left. So allocations are replayed together with the movement before them. A part of the ledger may
// begin or end between them; a row knows its neighbours, so that does not matter. Nothing but a fall that ends at or below
// a level that was ever in force can be a crossing, so all other movements are left out first.
const crossingsByMovements = /* sql */ `
  select l.sku, l.id as level_id, m.id as movement, m.kind, c.units_before, m.units_after,
    ${stateOf("c.rank_after")} as expected
  from stock_level l
    cross join lateral (
      select max(low_at) as low_at from stock_policy where level_id = l.id and counted) highest
    join movement m on m.level_id = l.id and m.id > greatest($1, ${closedTo}) and m.id <= $2 and m.change < 0
      and m.units_after <= highest.low_at
    cross join lateral (
      select counted, low_at, out_at from stock_policy
      where level_id = l.id and ends_with < m.id order by id desc limit 1) policy
    left join lateral (
      select first.units_after, first.units_after - first.change as units_before, first.at from movement first
      where m.kind = 'allocation' and first.level_id = l.id and first.id < m.id and first.kind <> 'allocation'
      order by first.id desc limit 1) came on true
    cross join lateral (
      select coalesce(came.units_before, m.units_after - m.change) as units_before,
        coalesce(came.at, m.at) as at,
        greatest(${rank("coalesce(came.units_before, m.units_after - m.change)", "policy")},
          ${rank("coalesce(came.units_after, m.units_after - m.change)", "policy")}) as rank_before,
        ${rank("m.units_after", "policy")} as rank_after) c
  where c.rank_after > c.rank_before
    and not exists (select from stock_policy edit
      where edit.level_id = l.id and edit.begins_after < m.id and m.id <= edit.ends_with)
    and (select later.kind from movement later
      where later.level_id = l.id and later.id > m.id order by later.id limit 1)
      is distinct from 'allocation'
    and not exists (${newsOf} and (m.kind = 'allocation' or n.units = m.units_after)
      and n.units >= m.units_after and (m.kind <> 'sale' or n.order_id = m.order_id) and not n.quiet)`;

// An edit is replayed as one step: from the units and the policy before it to those after it. A count that an edit brings
// into use is no news, even if it is low.
const crossingsByEdits = /* sql */ `
  select l.sku, l.id as level_id, edit.id as edit, edit.at, c.units_before, c.units_after,
    ${stateOf("c.rank_after")} as expected
  from stock_policy edit join stock_level l on l.id = edit.level_id
    cross join lateral (
      select counted, low_at, out_at from stock_policy
      where level_id = l.id and id < edit.id order by id desc limit 1) earlier
    cross join lateral (
      select coalesce((select units_after from movement
          where level_id = l.id and id <= edit.begins_after order by id desc limit 1), 0) as units_before,
        coalesce((select units_after from movement
          where level_id = l.id and id <= edit.ends_with order by id desc limit 1), 0) as units_after) units
    cross join lateral (
      select units.*, edit.at, ${rank("units.units_before", "earlier")} as rank_before,
        ${rank("units.units_after", "edit")} as rank_after) c
  where edit.ends_with > greatest($1, ${closedTo}) and edit.ends_with <= $2
    and earlier.counted and c.rank_after > c.rank_before
    and not exists (${newsOf} and n.units = c.units_after and not n.quiet)`;

/** The invariants of alerts. */
export const alertInvariants: readonly Invariant[] = [
  {
    key: "fall-is-news",
    name: "each movement to a level or below is news of an alert",
    over: "ledger",
    faults: crossingsByMovements,
  },
  {
    key: "edit-is-news",
    name: "each edit that makes a count low or out opens or worsens its alert",
    over: "ledger",
    faults: crossingsByEdits,
  },
  {
    key: "alert-is-due",
    name: "an alert is open with the state of its count, and on no other count",
    over: "levels",
    faults: /* sql */ `select l.sku, l.id as level_id, l.units, policy.low_at, policy.out_at, l.alert_state,
        ${stateOf("r.rank")} as expected
      from stock_level l cross join lateral stock_policy_of(l) policy
        cross join lateral (select ${rank("l.units", "policy")} as rank) r
      where l.alert_state is distinct from ${stateOf("r.rank")}`,
  },
  {
    key: "policy-is-recorded",
    name: "the history of levels ends with those that are in force",
    over: "levels",
    faults: /* sql */ `select l.sku, l.id as level_id, now.*, last.id as recorded
      from stock_level l cross join lateral stock_policy_of(l) now
        left join lateral (select id, counted, low_at, out_at from stock_policy
          where level_id = l.id order by id desc limit 1) last on true
      where (now.counted, now.low_at, now.out_at) is distinct from (last.counted, last.low_at, last.out_at)`,
  },
  {
    key: "news-has-cause",
    name: "news of an order tell of a movement of that order to their level or below",
    over: "levels",
    faults: /* sql */ `select n.alert_id, n.number, n.level_id, n.state, n.units, n.order_id from alert_news n
      where n.order_id is not null and not n.quiet and n.at >= ${recordedSince}
        and not exists (select from movement m
          where m.order_id = n.order_id and m.level_id = n.level_id and m.kind in ('sale', 'allocation')
            and m.units_after = n.units
            and (n.number > 1 or n.state = 'out' or m.units_after - m.change > n.unit_limit))`,
  },
  {
    key: "news-is-settled",
    name: "each piece of news was told, was left, is due or was quiet from its beginning",
    over: "levels",
    faults: /* sql */ `select alert_id, number, level_id, state, at from alert_news
      where not quiet and checked_at is null and due_at is null`,
  },
  {
    key: "news-is-mailed",
    name: "news that were told have a mail",
    over: "levels",
    faults: /* sql */ `select n.alert_id, n.number, n.level_id, n.state, n.told_at from alert_news n
      where n.told_at is not null and n.at >= ${recordedSince} and not ${mayLackMail("n.told_at")}
        and not exists (select from mail m
          where m.alert_id = n.alert_id and m.news = n.number and m.resend_of is null)`,
  },
  {
    key: "mail-is-news",
    name: "no mail tells of news that were not told",
    over: "levels",
    faults: /* sql */ `select m.id as mail, m.alert_id, m.news from mail m
      where m.news is not null and m.alert_id is not null and not exists (select from alert_news n
        where n.alert_id = m.alert_id and n.number = m.news and n.told_at is not null)`,
  },
  {
    key: "alert-state-copied",
    name: "a level's alert state is that of its open alert",
    over: "levels",
    faults: /* sql */ `select l.sku, l.alert_state, a.state from stock_level l
      left join stock_alert a on a.level_id = l.id and a.ended_at is null
      where l.alert_state is distinct from a.state`,
  },
  {
    key: "alert-is-seen",
    name: "no alert is open on a level that nobody sees",
    over: "levels",
    faults: /* sql */ `select l.sku, a.id, a.state, l.retired, l.hidden, l.defers_to from stock_alert a
      join stock_level l on l.id = a.level_id
      where a.ended_at is null and (l.retired or l.hidden or l.defers_to is not null)`,
  },
  {
    key: "news-mailed-once",
    name: "no piece of news was mailed twice to the same address",
    over: "levels",
    faults: /* sql */ `select alert_id, coalesce(news::text, notice) as news, to_email, count(*) from mail
      where alert_id is not null and resend_of is null
      group by alert_id, coalesce(news::text, notice), to_email having count(*) > 1`,
  },
];
