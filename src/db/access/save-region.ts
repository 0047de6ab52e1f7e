// Stores the language and region that a person has chosen for themselves.

import type { Pool } from "pg";
import type { RegionChoice } from "../../domain/language/languages.ts";
import type { Sql } from "../sql/sql.ts";
import { inTransaction } from "../sql/transaction.ts";

/**
 * Stores the choice in place of the last one. A time zone is also that of the hours at which the person is told of alerts,
 * if they have chosen such hours. Mails that wait already keep their time.
 */
export function saveRegion(
  pool: Pool,
  userId: string,
  { language, locale, timeZone }: RegionChoice,
): Promise<void> {
  return inTransaction(pool, async ({ sql }) => {
    await sql(
      `update admin_user set language = $2, locale = $3, time_zone = $4, version = version + 1,
         updated_at = now()
       where id = $1 and (language, locale, time_zone) is distinct from ($2, $3, $4)`,
      [userId, language, locale, timeZone],
    );
    if (timeZone !== null) await moveAlertHours(sql, userId, timeZone);
  });
}

/** Takes a time zone for the hours at which a person is told of alerts, if they have chosen such hours. */
export async function moveAlertHours(sql: Sql, userId: string, timeZone: string): Promise<void> {
  await sql("update alert_choice set time_zone = $2 where user_id = $1", [userId, timeZone]);
}
