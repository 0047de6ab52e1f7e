// Since when a mail could have been sent.

/**
 * SQL for the time from which on a mail could be sent: a person's choice, or others like it, may hold a mail about an alert
 * back for days.
 */
export const mailDueAt = "greatest(created_at, waits_until, released_at)";
