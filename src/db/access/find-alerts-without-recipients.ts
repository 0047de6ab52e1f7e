// Finds the alerts that were checked when nobody was there to be told, now that somebody is.

import type { MikroORM } from "@mikro-orm/postgresql";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { sqlWithin } from "../sql/sql.ts";

/** An alert whose news nobody was told. */
export type UntoldAlert = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
};

/** Alerts announced at once at most; the sweeper gets to the rest. */
const alertsMax = 1_000;

/** Resolves with none while the alerted group has no enabled member. */
export async function findAlertsWithoutRecipients(orm: MikroORM): Promise<readonly UntoldAlert[]> {
  return sqlWithin(orm.em.fork())<UntoldAlert>(
    `select a.id, l.sku, a.state as notice from stock_alert a
      join stock_level l on l.id = a.level_id
      where a.ended_at is null and a.recipients_missing
        and exists (
          select from admin_group_member m
          join admin_user u on u.id = m.user_id and u.enabled
          where m.group_code = $1)
      order by a.id limit ${alertsMax}`,
    [alertedGroup],
  );
}
