// The words for what an act changed: each fact, from what was to what is.

import type { ActReply } from "../../contract/activity.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { number } from "./numbers.ts";
import { dateTime } from "./time.tsx";

type Facts = NonNullable<ActReply["before"]>;
type Value = Facts[keyof Facts];

/** What each fact is called in "the … from 5 to 8". Those that are missing have a sentence of their own, or none. */
const factNames: Partial<Record<keyof Facts, string>> = {
  name: "name",
  email: "e-mail address",
  expiresAt: "end",
  mailFromName: "sender's name",
  mailFromEmail: "sender's address",
  replyToEmail: "address for replies",
  type: "product type",
  stockAlertThreshold: "stock alert threshold",
  outOfStockThreshold: "out-of-stock threshold",
  options: "options",
  subject: "subject",
  description: "name",
  host: "address",
  expectedAt: "expected day",
  supplier: "supplier",
  note: "note",
};

/** What is on or off, as it is said when it is turned on, and when it is turned off. */
const switches: Partial<Record<keyof Facts, readonly [on: string, off: string]>> = {
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

const lists: Partial<Record<keyof Facts, string>> = {
  groups: "groups",
  members: "members",
  variants: "variants",
  permissions: "permissions",
  types: "kinds of changes that it gets",
};

/** The changes of an act, each as "changed the name from A to B" or another sentence without its subject. */
export function changesInWords({ before, after }: Pick<ActReply, "before" | "after">): string[] {
  if (before === null || after === null) return [];
  return namesIn(after).flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    const states = switches[name];
    if (states !== undefined) return [is === true ? states[0] : states[1]];
    if (lists[name] !== undefined) return listWords(name, was, is);
    if (name === "takeStock") {
      return [`had stock taken when an order is ${is === "paid" ? "paid" : "placed"}`];
    }
    if (name === "addressChanged") return before.host === undefined ? ["changed its address"] : [];
    const words = factNames[name];
    return words === undefined ? [] : [changeWords(words, name, was, is)];
  });
}

function namesIn(facts: Facts): (keyof Facts)[] {
  const isName = (name: string): name is keyof Facts => name in facts;
  return Object.keys(facts).filter(isName);
}

function changeWords(words: string, name: keyof Facts, was: Value, is: Value): string {
  if (isNothing(was)) return `set the ${words} to ${valueWords(name, is)}`;
  if (isNothing(is)) return `removed the ${words}, which was ${valueWords(name, was)}`;
  return `changed the ${words} from ${valueWords(name, was)} to ${valueWords(name, is)}`;
}

function listWords(name: keyof Facts, was: Value, is: Value): string[] {
  if (!Array.isArray(was) || !Array.isArray(is)) {
    const all = Array.isArray(is) ? `some: ${entriesOf(name, is)}` : "all";
    return [`changed the ${lists[name]} to ${all}`];
  }
  return [
    ...(is.length === 0 ? [] : [`added to its ${lists[name]}: ${entriesOf(name, is)}`]),
    ...(was.length === 0 ? [] : [`removed from its ${lists[name]}: ${entriesOf(name, was)}`]),
  ];
}

/** The most entries of a list that a sentence has. */
const entriesMax = 10;

function entriesOf(name: keyof Facts, entries: readonly string[]): string {
  const shown = entries.slice(0, entriesMax).map((entry) => {
    if (name !== "permissions") return entry;
    return isPermission(entry) ? `“${permissionWords[entry]}”` : entry;
  });
  const more = entries.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${number(more)} more` : shown.join(", ");
}

const isPermission = (text: string): text is Permission => Object.hasOwn(permissionWords, text);

const isNothing = (value: Value): boolean => value === null || value === undefined || value === "";

/** The longest text that a sentence has. */
const textMax = 120;

function valueWords(name: keyof Facts, value: Value): string {
  if (typeof value === "number") return number(value);
  if (typeof value !== "string") return String(value);
  if (name === "expiresAt" || name === "expectedAt") return dateTime(value);
  return `“${value.length > textMax ? `${value.slice(0, textMax)}…` : value}”`;
}
