// What somebody did, as a sentence.

import type { ActReply } from "../../contract/activity.ts";
import { activity as text, type ToldFacts } from "./en/activity.ts";
import { changesInWords } from "./fact-words.ts";

/** What each area is called, in the order in which they can be chosen. */
export const areaWords = text.areas;

/** Who did it: "Ada", "The API key checkout", "The command line". */
export function doerWords({ kind, name }: ActReply["actor"]): string {
  switch (kind) {
    case "user":
      return name;
    case "key":
      return text.apiKey(name);
    case "command":
      return text.command;
    case "service":
      return "Tallyman";
    case "stranger":
      return text.stranger;
  }
}

/** The sentence: "Ada changed the group Managers: removed from its members: bob@example.com." */
export function actSentence(act: ActReply): string {
  const did = text.acts[act.kind](toldFacts(act));
  const changes = act.before === null || act.after === null ? [] : changesInWords(act);
  return text.sentence(doerWords(act.actor), did, changes);
}

/** Facts are of any kind in the contract, and of an old act some may be missing. */
function toldFacts({ subject, after }: ActReply): ToldFacts {
  const { to, button, email, address, reason, times, orders, outcome, job } = after ?? {};
  return {
    ...subject,
    to: textOf(to) ?? "",
    button: textOf(button) ?? "",
    email: textOf(email),
    address: textOf(address),
    reason: textOf(reason) ?? "",
    times: typeof times === "number" ? times : 1,
    orders: typeof orders === "number" ? orders : null,
    isDelivered: outcome === "delivered",
    job: textOf(job),
  };
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
