// Who is told of an alert: enabled people who are in the alerted group or watch its item, and have not switched mails off.

import { alertedGroup } from "../../domain/access/permissions.ts";
import { type MailChoice, usualChoice } from "../../domain/alerting/mail-choice.ts";
import type { Sql } from "../sql/sql.ts";

/** A person who gets mails. */
export type Recipient = { readonly name: string; readonly email: string };

/** A person who is told of an alert, and how. */
export type ToldPerson = Recipient & { readonly choice: MailChoice };

/** A person's choice as it is stored. All is null if there is none. */
export type StoredChoice = {
  readonly mode: MailChoice["mode"] | null;
  readonly dailyAt: number | null;
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  readonly timeZone: string | null;
  readonly pausedUntil: Date | null;
};

/** The columns of a `StoredChoice` of `alert_choice c`. */
export const choiceColumns = `c.mode, c.daily_at as "dailyAt", c.quiet_from as "quietFrom",
  c.quiet_until as "quietUntil", c.time_zone as "timeZone", c.paused_until as "pausedUntil"`;

/** What a person has chosen. */
export function toChoice(stored: StoredChoice): MailChoice {
  const { mode, dailyAt, quietFrom, quietUntil, timeZone, pausedUntil } = stored;
  return {
    mode: mode ?? usualChoice.mode,
    dailyAt: dailyAt ?? usualChoice.dailyAt,
    quietHours:
      quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
    timeZone: timeZone ?? usualChoice.timeZone,
    pausedUntil,
  };
}

/** A condition: person `u` watches the type of the product of stock level `l`. */
export const watchesType = /* sql */ `exists (
  select from alert_type_watch t join product p on p.type_code = t.type_code
  where t.user_id = u.id and p.id = l.product_id)`;

/**
 * A condition: person `u` watches the item of stock level `l`. Whoever watches a product watches its variants, and whoever
 * watches a type its products.
 */
export const watches = /* sql */ `(exists (
  select from alert_watch w where w.user_id = u.id and w.product_id = l.product_id
    and (w.variant_id is null or w.variant_id = l.variant_id)) or ${watchesType})`;

/** A condition: person `u` is in the alerted group. `group` is its code in SQL. */
export const isAlerted = (group: string): string => /* sql */ `exists (
  select from admin_group_member m where m.group_code = ${group} and m.user_id = u.id)`;

/** A condition: there is somebody to be told of the alerts of stock level `l`. `group` is the group's code in SQL. */
export const somebodyIsTold = (group: string): string => /* sql */ `exists (
  select from admin_user u left join alert_choice c on c.user_id = u.id
  where u.enabled and c.mode is distinct from 'off' and (${isAlerted(group)} or ${watches}))`;

/** Reads who is told of the alerts of a stock level, in the order of their addresses. */
export async function readToldPeople(sql: Sql, levelId: number): Promise<readonly ToldPerson[]> {
  const rows = await sql<Recipient & StoredChoice>(
    `select u.name, u.email, ${choiceColumns}
     from stock_level l cross join admin_user u left join alert_choice c on c.user_id = u.id
     where l.id = $1 and u.enabled and c.mode is distinct from 'off'
       and (${isAlerted("$2")} or ${watches})
     order by u.email`,
    [levelId, alertedGroup],
  );
  return rows.map(({ name, email, ...stored }) => ({ name, email, choice: toChoice(stored) }));
}
