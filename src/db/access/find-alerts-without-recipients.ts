// Finds the alerts that had no recipient when they were checked, if there is one now.

import type { MikroORM } from "@mikro-orm/postgresql";
import { alertedGroup } from "../../domain/access/permissions.ts";
import { somebodyIsTold } from "../alerts/alert-people.ts";
import { sqlWithin } from "../sql/sql.ts";

/** An open alert that nobody was notified of. */
export type UnsentAlert = {
  readonly id: string;
  readonly sku: string;
  readonly notice: "low" | "out";
  readonly number: number;
};

/** How many alerts are found at once; the sweeper announces the rest. */
const alertsMax = 1_000;

/** Resolves with the oldest such alerts, and with none that nobody would be told of now. */
export async function findAlertsWithoutRecipients(orm: MikroORM): Promise<readonly UnsentAlert[]> {
  return sqlWithin(orm.em.fork())<UnsentAlert>(
    `select a.id, l.sku, coalesce(n.state, a.state) as notice, coalesce(n.number, 0) as number
      from stock_alert a join stock_level l on l.id = a.level_id
        left join lateral (
          select number, state from alert_news where alert_id = a.id and due_at is not null
          order by number limit 1) n on true
      where a.ended_at is null and a.recipients_missing
        and ${somebodyIsTold("$1")}
      order by a.id limit ${alertsMax}`,
    [alertedGroup],
  );
}
