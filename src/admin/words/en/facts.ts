// The texts of what an act changed. Each follows the name of who did it: "changed the name from A to B".

import type { FactName } from "../../../domain/activity/act.ts";
import { number } from "../numbers.ts";

/** What each fact is called in "the … from 5 to 8". Those that are missing have a sentence of their own, or none. */
const names: Partial<Record<FactName, string>> = {
  name: "name",
  email: "e-mail address",
  language: "language",
  locale: "form of numbers and times",
  timeZone: "time zone",
  expiresAt: "end",
  mailFromName: "sender's name",
  mailFromEmail: "sender's address",
  replyToEmail: "address for replies",
  type: "product type",
  stockAlertThreshold: "stock alert threshold",
  outOfStockThreshold: "out-of-stock threshold",
  leadDays: "lead time in days",
  packSize: "pack size",
  options: "options",
  subject: "subject",
  description: "name",
  host: "address",
  expectedAt: "expected day",
  supplier: "supplier",
  note: "note",
  dailyAt: "hour of the daily mail",
  quietHours: "quiet hours",
  pausedUntil: "end of the pause",
};

/** What is on or off, as it is said when it is turned on, and when it is turned off. */
const switches: Partial<Record<FactName, readonly [on: string, off: string]>> = {
  enabled: ["enabled it", "disabled it"],
  restockOnReturn: [
    "had returned units go back to stock",
    "had returned units no longer go back to stock",
  ],
  hasInventory: ["turned on counting of its stock", "turned off counting of its stock"],
  hasVariants: ["turned on its variants", "turned off its variants"],
  trackInventory: ["turned on counting of its units", "turned off counting of its units"],
  hideIfOutOfStock: ["hid it when it is out of stock", "showed it also when it is out of stock"],
  allowPreOrder: ["allowed pre-orders", "ended pre-orders"],
  allowNegativeStock: ["allowed counts below zero", "ended counts below zero"],
  ownStock: ["gave it its own stock", "had it use its product's stock"],
};

const lists: Partial<Record<FactName, string>> = {
  groups: "groups",
  members: "members",
  variants: "variants",
  permissions: "permissions",
  types: "kinds of changes that it gets",
  watching: "watched items",
  watchingTypes: "watched product types",
};

/** How mails about alerts come. */
const mailModes: Readonly<Record<string, string>> = {
  "at-once": "had mails sent at once",
  daily: "had one mail sent a day",
  off: "switched the mails off",
};

/** The texts. */
export const facts = {
  names,
  switches,
  lists,
  set: (name: string, value: string) => `set the ${name} to ${value}`,
  removed: (name: string, value: string) => `removed the ${name}, which was ${value}`,
  changed: (name: string, was: string, is: string) => `changed the ${name} from ${was} to ${is}`,
  listSet: (list: string, entries: string | null) =>
    `changed the ${list} to ${entries === null ? "all" : `some: ${entries}`}`,
  listAdded: (list: string, entries: string) => `added to its ${list}: ${entries}`,
  listRemoved: (list: string, entries: string) => `removed from its ${list}: ${entries}`,
  entries: (shown: readonly string[], more: number) =>
    more > 0 ? `${shown.join(", ")} and ${number(more)} more` : shown.join(", "),
  quoted: (value: string) => `“${value}”`,
  stockTaken: (isWhenPaid: boolean) =>
    `had stock taken when an order is ${isWhenPaid ? "paid" : "placed"}`,
  mailMode: (mode: string) => mailModes[mode] ?? "changed how mails come",
  addressChanged: "changed its address",
};
