// What somebody did, as a sentence.

import type { ActReply } from "../../contract/activity.ts";
import type { ActArea } from "../../domain/activity/act.ts";
import { changesInWords } from "./fact-words.ts";
import { number } from "./numbers.ts";

/** What each area is called, in the order in which they can be chosen. */
export const areaWords: Readonly<Record<ActArea, string>> = {
  signIn: "Sign-ins",
  account: "Own accounts",
  person: "Administrators",
  group: "Groups",
  key: "API keys",
  store: "Store",
  productType: "Product types",
  product: "Products",
  delivery: "Deliveries",
  template: "Mail templates",
  mail: "Mails",
  webhook: "Webhooks",
  queue: "Queues",
};

/** Who did it: "Ada", "The API key checkout", "The command line". */
export function doerWords({ kind, name }: ActReply["actor"]): string {
  switch (kind) {
    case "user":
      return name;
    case "key":
      return `The API key ${name}`;
    case "command":
      return "The command line";
    case "service":
      return "Tallyman";
    case "stranger":
      return "Somebody";
  }
}

/** The sentence: "Ada changed the group Managers: removed from its members: bob@example.com." */
export function actSentence(act: ActReply): string {
  const what = predicateOf(act);
  const changes = act.before === null || act.after === null ? [] : changesInWords(act);
  const details = changes.length === 0 ? "" : `: ${changes.join("; ")}`;
  return `${doerWords(act.actor)} ${what}${details}.`;
}

function predicateOf({ kind, subject, after }: ActReply): string {
  const { name } = subject;
  switch (kind) {
    case "store.changed":
      return "changed the store's settings";
    case "group.created":
      return `created the group ${name}`;
    case "group.changed":
      return `changed the group ${name}`;
    case "group.deleted":
      return `deleted the group ${name}`;
    case "person.created":
      return `added ${name} as an administrator`;
    case "person.changed":
      return `changed the account of ${name}`;
    case "person.deleted":
      return `deleted the account of ${name}`;
    case "person.passwordReset":
      return `gave ${name} a new password`;
    case "person.secondFactorRemoved":
      return `turned off the second factor of ${name}`;
    case "key.created":
      return `created the API key ${name}`;
    case "key.revoked":
      return `revoked the API key ${name}`;
    case "productType.created":
      return `created the product type ${name}`;
    case "productType.changed":
      return `changed the product type ${name}`;
    case "productType.deleted":
      return `deleted the product type ${name}`;
    case "product.created":
      return `created the product ${name} (${subject.id})`;
    case "product.changed":
      return `changed the product ${name} (${subject.id})`;
    case "product.variantChanged":
      return `changed the variant ${name} of ${subject.id}`;
    case "product.deleted":
      return `deleted the product ${name} (${subject.id})`;
    case "delivery.changed":
      return `changed the expected delivery ${name}`;
    case "template.changed":
      return `changed the mail template ${name}`;
    case "template.reset":
      return `reset the mail template ${name} to its built-in text`;
    case "template.tested":
      return `sent a test of the mail template ${name} to ${text(after?.to)}`;
    case "mail.resent":
      return `sent the mail “${name}” to ${text(after?.to)} again`;
    case "webhook.created":
      return `created the webhook ${name}`;
    case "webhook.changed":
      return `changed the webhook ${name}`;
    case "webhook.deleted":
      return `deleted the webhook ${name}`;
    case "webhook.paused":
      return `paused the webhook ${name}`;
    case "webhook.resumed":
      return `resumed the webhook ${name}`;
    case "webhook.disabled":
      return `turned off the webhook ${name}`;
    case "webhook.moved":
      return `had the webhook ${name} send changes again from an earlier or later one`;
    case "webhook.secretRotated":
      return `gave the webhook ${name} a new secret`;
    case "webhook.tested":
      return `tested the webhook ${name}, which ${after?.outcome === "delivered" ? "worked" : "failed"}`;
    case "queue.acted":
      return `pressed “${text(after?.button)}” in Bull Board, ${boardPlace(name, after?.job)}`;
    case "signIn.succeeded":
      return `signed in${where(after)}`;
    case "signIn.ended":
      return "signed out";
    case "signIn.failed":
      return `failed to sign in ${attemptedWords(after)}${where(after)}: ${failureWords(after)}`;
    case "account.passwordChanged":
      return "changed their own password";
    case "account.passwordChosen":
      return "chose a password by a link";
    case "account.secondFactorOn":
      return "turned on their second factor";
    case "account.secondFactorOff":
      return "turned off their second factor";
    case "account.sessionsEnded":
      return "signed out their other browsers";
    case "account.checkFailed":
      return `did not prove who they are${where(after)}: ${failureWords(after)}`;
  }
}

type Facts = ActReply["after"];

const text = (value: unknown): string => (typeof value === "string" ? value : "");

const where = (facts: Facts): string =>
  typeof facts?.address === "string" ? ` from ${facts.address}` : "";

const attemptedWords = (facts: Facts): string =>
  typeof facts?.email === "string" ? `as ${facts.email}` : "with an address that nobody has";

function boardPlace(queue: string, job: unknown): string {
  return typeof job === "string" ? `for a job of the queue ${queue}` : `for the queue ${queue}`;
}

const reasons: Readonly<Record<string, string>> = {
  "unknown-account": "there is no such account",
  "wrong-password": "the password was wrong",
  disabled: "the account is disabled",
  "wrong-code": "the code was wrong",
  "too-many-codes": "too many codes were wrong",
};

/** Why it failed. From the tenth time within an hour on it says how often, because not each failure has an entry. */
function failureWords(facts: Facts): string {
  const reason = reasons[text(facts?.reason)] ?? "it was refused";
  const times = facts?.times;
  return typeof times === "number" && times > 1
    ? `${reason}, ${number(times)} times within an hour`
    : reason;
}
