// Which failed mails are still to be sent again. The overview counts them and the API sends them by this one rule.

import { inUse } from "../stock/in-use.ts";
import { wantsNone } from "./wants-none.ts";

/**
 * The failed mails that are looked at, the newest. A store that never sends them again has more and more, and the
 * overview reads them every few seconds.
 */
const lookedAtMax = 1_000;

/**
 * SQL for the ids of the failed mails that are still to be sent again. One is not, if it or the mail that it copies was
 * sent again later, whatever became of that: a copy that failed too counts itself. And nothing is mailed about an item
 * that was deleted or hidden, or to somebody who gets no mails about alerts any more.
 */
export const failedMails = `
  select m.id from (
    select id, alert_id, resend_of, to_email, template_code from mail where status = 'failed' order by id desc limit ${lookedAtMax}) m
  where not exists (select from mail again where again.resend_of = m.id)
    and not exists (select from mail later where later.resend_of = m.resend_of and later.id > m.id)
    and not exists (select from stock_alert a join stock_level l on l.id = a.level_id
      where a.id = m.alert_id and not (${inUse("l")}))
    and not ${wantsNone}`;
