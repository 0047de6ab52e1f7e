// The states of a mail, from the moment it is written to the moment it needs nothing more.

/** Where a mail stands. */
export const mailStatuses = ["pending", "sending", "sent", "failed", "cancelled"] as const;

/** Where a mail stands. */
export type MailStatus = (typeof mailStatuses)[number];
