// Whose mails about alerts are not sent, though they were written.

/** Why such a mail is not sent. */
export const switchedOff = "Not sent: its recipient has switched these mails off.";

/**
 * A condition: mail `m` is about alerts, and the person who has its address gets no such mails any more. Addresses that no
 * person has are not among them.
 */
export const wantsNone = /* sql */ `((m.alert_id is not null or m.template_code = 'shop:low_stock_digest')
  and exists (select from admin_user u left join alert_choice c on c.user_id = u.id
    where lower(u.email) = lower(m.to_email) and (not u.enabled or c.mode = 'off')))`;
