// Lists the people of the admin app with what makes them readers of an alert.

import type { Pool } from "pg";
import { alertedGroup } from "../../domain/access/permissions.ts";
import type { MailChoice } from "../../domain/alerting/mail-choice.ts";
import type { Interest } from "../../domain/alerting/why-told.ts";
import {
  choiceColumns,
  isAlerted,
  type StoredChoice,
  toChoice,
  watchesType,
} from "./alert-people.ts";

/** A person and an alert. */
export type AlertReader = Interest & {
  readonly name: string;
  readonly email: string;
  readonly choice: MailChoice;
};

/** The most people that are listed. */
const readersMax = 500;

/** Reads the people, in the order of their names. Resolves with null if there is no such alert. */
export async function listReaders(pool: Pool, alertId: string): Promise<AlertReader[] | null> {
  const { rows } = await pool.query<
    Omit<AlertReader, "choice" | "mode"> & StoredChoice & { readonly alert: string }
  >(
    `select u.name, u.email, u.enabled as "isEnabled", ${isAlerted("$2")} as "isAlerted", ${choiceColumns},
       coalesce(w.product, false) as "watchesProduct", coalesce(w.variant, false) as "watchesVariant",
       ${watchesType} as "watchesType"
     from stock_alert a join stock_level l on l.id = a.level_id cross join admin_user u
       left join alert_choice c on c.user_id = u.id
       left join lateral (
         select bool_or(variant_id is null) as product, bool_or(variant_id = l.variant_id) as variant
         from alert_watch where user_id = u.id and product_id = l.product_id) w on true
     where a.id = $1 order by u.name, u.email limit ${readersMax}`,
    [alertId, alertedGroup],
  );
  if (rows.length === 0) {
    const { rowCount } = await pool.query("select from stock_alert where id = $1", [alertId]);
    if (rowCount === 0) return null;
  }
  return rows.map(
    ({ mode, dailyAt, quietFrom, quietUntil, timeZone, pausedUntil, alert: _alert, ...person }) => {
      const choice = toChoice({ mode, dailyAt, quietFrom, quietUntil, timeZone, pausedUntil });
      return { ...person, mode: choice.mode, choice };
    },
  );
}
