// News of alerts: one row for each opening and each worsening, with what became of it. Before, an alert had room for one
// opening and one worsening, and what was low from its beginning had no alert.

import { Migration } from "@mikro-orm/migrations";

/**
 * Adds the table, gives existing alerts their news and the state that their count has, and opens quiet alerts for what is
 * low without one. Processes of an older version still write the columns of `stock_alert` that say what was checked; news
 * of theirs that are unchecked are taken over when the alert is checked.
 */
export class AlertNews extends Migration {
  override up(): void {
    this.addSql(locks);
    this.addSql(news);
    this.addSql(mails);
    this.addSql(states);
    this.addSql(existingNews);
    this.addSql(lowWithoutAlert);
  }
}

// First levels, then alerts, as everybody else locks them.
const locks = /* sql */ `
  do $$ begin perform from stock_level order by id for update; end $$;
  lock table stock_alert in exclusive mode;
`;

const news = /* sql */ `
  create table alert_news (
    alert_id uuid not null references stock_alert (id),
    number integer not null check (number > 0),
    level_id integer not null references stock_level (id),
    state text not null check (state in ('low', 'out')),
    at timestamptz not null default clock_timestamp(),
    units bigint not null,
    unit_limit integer not null,
    order_id uuid,
    actor text,
    quiet boolean not null default false,
    recovered_at timestamptz,
    checked_at timestamptz,
    due_at timestamptz,
    told_at timestamptz,
    primary key (alert_id, number),
    constraint alert_news_told_once check (told_at is null or due_at is null),
    constraint alert_news_quiet_untold check (not quiet or (told_at is null and due_at is null))
  );
  create index alert_news_due on alert_news (alert_id) where due_at is not null;
  create index alert_news_told on alert_news (level_id, state, told_at) where told_at is not null;
`;

// A process of an older version leaves the number empty. The old index guards its mails.
const mails = /* sql */ `
  alter table mail add column news integer;
  update mail m set news = case when m.notice = a.opened_as then 1 else 2 end
    from stock_alert a where a.id = m.alert_id and m.notice is not null;
  drop index mail_once_per_recipient;
  create unique index mail_once_per_recipient on mail (alert_id, notice, to_email)
    where alert_id is not null and resend_of is null and news is null;
  create unique index mail_once_per_news on mail (alert_id, news, to_email)
    where alert_id is not null and resend_of is null and news is not null;
`;

// The rule of the domain, for the thresholds that a store of the last version can have.
const stateOf = /* sql */ `case
    when l.retired or l.hidden or l.defers_to is not null or not l.tracked then null
    when l.units <= 0 then 'out'
    when l.units > coalesce(l.threshold, 0) then null
    when l.sell_below_threshold or l.allow_pre_order or l.allow_negative_stock then 'low'
    else 'out' end`;

const states = /* sql */ `
  update stock_alert a set ended_at = clock_timestamp() from stock_level l
    where l.id = a.level_id and a.ended_at is null and ${stateOf} is null;
  update stock_alert a set state = ${stateOf} from stock_level l
    where l.id = a.level_id and a.ended_at is null and a.state <> ${stateOf};
  update stock_level l set alert_state = ${stateOf}
    where l.alert_state is not null and l.alert_state is distinct from ${stateOf};
`;

const existingNews = /* sql */ `
  insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor,
      recovered_at, checked_at, told_at, due_at)
    select id, 1, level_id, opened_as, opened_at, opened_units, opened_limit, opened_order_id, opened_by,
      ended_at, opened_checked_at, opened_checked_at,
      case when opened_checked_at is null then clock_timestamp() end
    from stock_alert;
  insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, order_id, actor,
      recovered_at, checked_at, told_at, due_at)
    select id, 2, level_id, 'out', escalated_at, coalesce(escalated_units, 0), opened_limit,
      escalated_order_id, escalated_by,
      coalesce(ended_at, case when state = 'low' then clock_timestamp() end),
      escalated_checked_at, escalated_checked_at,
      case when escalated_checked_at is null then clock_timestamp() end
    from stock_alert where escalated_at is not null;
  update stock_alert set opened_checked_at = coalesce(opened_checked_at, clock_timestamp()),
      escalated_checked_at = case when escalated_at is not null
        then coalesce(escalated_checked_at, clock_timestamp()) end
    where opened_checked_at is null or (escalated_at is not null and escalated_checked_at is null);
`;

/** A new UUID of version 7. Alerts are listed in the order of their ids. */
const newId = /* sql */ `(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(random()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid`;

// A product's own count is left out if all its variants have counts of their own: nothing is sold of it.
const lowWithoutAlert = /* sql */ `
  with opened as (
    insert into stock_alert (id, level_id, opened_as, state, opened_units, opened_limit, opened_checked_at)
      select ${newId}, l.id, ${stateOf}, ${stateOf}, l.units, greatest(0, coalesce(l.threshold, 0)),
        clock_timestamp()
      from stock_level l where l.alert_state is null and ${stateOf} is not null
        and (not l.variant_required or exists (
          select from stock_level item where item.defers_to = l.id and not item.retired))
      order by l.id
      returning id, level_id, state, opened_at, opened_units, opened_limit
  ), shown as (
    update stock_level l set alert_state = o.state from opened o where l.id = o.level_id
  )
  insert into alert_news (alert_id, number, level_id, state, at, units, unit_limit, quiet)
    select id, 1, level_id, state, opened_at, opened_units, opened_limit, true from opened;
`;
