// The words for what an act changed: each fact, from what was to what is.

import type { ActReply } from "../../contract/activity.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import { permissionWords } from "../settings/permission-words.ts";
import { happenedWords } from "../webhooks/webhook-words.ts";
import { facts as text } from "./en/facts.ts";
import { number } from "./numbers.ts";
import { dateTime } from "./time.tsx";

type Facts = NonNullable<ActReply["before"]>;
type Value = Facts[keyof Facts];

/** The changes of an act, each as "changed the name from A to B" or another sentence without its subject. */
export function changesInWords({ before, after }: Pick<ActReply, "before" | "after">): string[] {
  if (before === null || after === null) return [];
  return namesIn(after).flatMap((name) => {
    const [was, is] = [before[name] ?? null, after[name] ?? null];
    const states = text.switches[name];
    if (states !== undefined) return [is === true ? states[0] : states[1]];
    const list = text.lists[name];
    if (list !== undefined) return listWords(list, name, was, is);
    if (name === "takeStock") return [text.stockTaken(is === "paid")];
    if (name === "mailMode") return [text.mailMode(String(is))];
    if (name === "addressChanged") return before.host === undefined ? [text.addressChanged] : [];
    const words = text.names[name];
    return words === undefined ? [] : [changeWords(words, name, was, is)];
  });
}

function namesIn(facts: Facts): (keyof Facts)[] {
  const isName = (name: string): name is keyof Facts => name in facts;
  return Object.keys(facts).filter(isName);
}

function changeWords(words: string, name: keyof Facts, was: Value, is: Value): string {
  if (isNothing(was)) return text.set(words, valueWords(name, is));
  if (isNothing(is)) return text.removed(words, valueWords(name, was));
  return text.changed(words, valueWords(name, was), valueWords(name, is));
}

function listWords(list: string, name: keyof Facts, was: Value, is: Value): string[] {
  if (!Array.isArray(was) || !Array.isArray(is)) {
    return [text.listSet(list, Array.isArray(is) ? entriesOf(name, is) : null)];
  }
  return [
    ...(is.length === 0 ? [] : [text.listAdded(list, entriesOf(name, is))]),
    ...(was.length === 0 ? [] : [text.listRemoved(list, entriesOf(name, was))]),
  ];
}

/** The most entries of a list that a sentence has. */
const entriesMax = 10;

function entriesOf(name: keyof Facts, entries: readonly string[]): string {
  const shown = entries.slice(0, entriesMax).map((entry) => {
    if (name === "types") return text.quoted(happenedWords(entry));
    if (name !== "permissions") return entry;
    return isPermission(entry) ? text.quoted(permissionWords[entry]) : entry;
  });
  return text.entries(shown, entries.length - shown.length);
}

const isPermission = (name: string): name is Permission => Object.hasOwn(permissionWords, name);

const isNothing = (value: Value): boolean => value === null || value === undefined || value === "";

/** The longest text that a sentence has. */
const textMax = 120;

function valueWords(name: keyof Facts, value: Value): string {
  if (typeof value === "number") return number(value);
  if (typeof value !== "string") return String(value);
  if (name === "expiresAt" || name === "expectedAt" || name === "pausedUntil")
    return dateTime(value);
  return text.quoted(value.length > textMax ? `${value.slice(0, textMax)}…` : value);
}
