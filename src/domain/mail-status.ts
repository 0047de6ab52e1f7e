// The states of a mail.

/** Every state of a mail. */
export const mailStatuses = ["pending", "sending", "sent", "failed", "cancelled"] as const;

/** The state of a mail. */
export type MailStatus = (typeof mailStatuses)[number];
