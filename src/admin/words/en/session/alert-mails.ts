// The texts of the form of how a person is told of alerts.

import type { MailMode } from "../../../../domain/alerting/mail-choice.ts";

/** How often mails come. */
const modes: Readonly<Record<MailMode, { readonly label: string; readonly meaning: string }>> = {
  "at-once": {
    label: "At once",
    meaning: "A mail about each item. If many become low together, you get one mail.",
  },
  daily: { label: "Once a day", meaning: "One mail with everything since the last one." },
  off: { label: "Not at all", meaning: "You still see alerts here." },
};

/** The texts. */
export const alertMails = {
  title: "Mails about alerts",
  modes,
  dailyAt: "Daily mail at",
  dailyAtHint: "Only for one mail a day.",
  timeZone: "Time zone",
  timeZoneHint: "All hours here are in this zone.",
  quietHours: "Quiet hours",
  quietHoursHint: "No mail is sent in them. What comes meanwhile is mailed at their end.",
  quietFrom: "From",
  quietUntil: "Until",
  sameTime: "Choose another time than the beginning.",
  pausedUntil: "Pause until",
  pausedUntilHint: "Nothing is mailed before that day. Empty: no pause.",
  /** If the person's days begin at another time than those of whoever looks. */
  pausedUntilHintIn: (zone: string) =>
    `Nothing is mailed before that day begins in the time zone ${zone}. Empty: no pause.`,
  /** If a program has set a pause that ends within a day. */
  pausedUntilMoment: (end: string) =>
    `Nothing is mailed before ${end}. Another day: until it begins. Empty: no pause.`,
  pausedUntilMomentIn: (end: string, zone: string) =>
    `Nothing is mailed before ${end} in the time zone ${zone}. Another day: until it begins there. Empty: no pause.`,
  watchingHint:
    "SKUs of products or variants, separated by commas. A product includes its variants.",
  watchingTypesHint: "Everything of such a type, also what is added later.",
  /** What the form says to the person themselves. */
  own: {
    intro:
      "Members of store-managers are told of every item. You can watch product types and single items without being one.",
    how: "How you are told",
    watching: "Items that you watch",
    types: "Product types that you watch",
    saved: "Saved. Mails that wait for you follow it too.",
  },
};
