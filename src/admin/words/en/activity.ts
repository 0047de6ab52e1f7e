// The sentences about what somebody did, without what changed by it: that is in facts.ts.

import type { ActArea, ActKind } from "../../../domain/activity/act.ts";
import { count, number } from "../numbers.ts";

/** What is known of an act, as far as its sentence says it. */
export type ToldFacts = {
  readonly name: string;
  readonly id: string;
  readonly to: string;
  readonly button: string;
  /** Null: with an address that nobody has. */
  readonly email: string | null;
  /** Null: not known. */
  readonly address: string | null;
  /** Why it failed. */
  readonly reason: string;
  readonly times: number;
  readonly orders: number | null;
  readonly isDelivered: boolean;
  /** Null: the act was done to the whole queue. */
  readonly job: string | null;
};

/** The areas, in the order in which they can be chosen. */
const areas: Readonly<Record<ActArea, string>> = {
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
  customer: "Customers",
  webhook: "Webhooks",
  queue: "Queues",
};

/** What was done, after the name of who did it. */
const acts: Readonly<Record<ActKind, (facts: ToldFacts) => string>> = {
  "store.changed": () => "changed the store's settings",
  "group.created": ({ name }) => `created the group ${name}`,
  "group.changed": ({ name }) => `changed the group ${name}`,
  "group.deleted": ({ name }) => `deleted the group ${name}`,
  "person.created": ({ name }) => `added ${name} as an administrator`,
  "person.changed": ({ name }) => `changed the account of ${name}`,
  "person.deleted": ({ name }) => `deleted the account of ${name}`,
  "person.passwordReset": ({ name }) => `gave ${name} a new password`,
  "person.invited": ({ name }) => `invited ${name} to choose a password`,
  "person.invitationRevoked": ({ name }) => `took back the invitation of ${name}`,
  "person.alertMailsChanged": ({ name }) => `changed how ${name} is told of alerts`,
  "person.secondFactorRemoved": ({ name }) => `turned off the second factor of ${name}`,
  "key.created": ({ name }) => `created the API key ${name}`,
  "key.revoked": ({ name }) => `revoked the API key ${name}`,
  "productType.created": ({ name }) => `created the product type ${name}`,
  "productType.changed": ({ name }) => `changed the product type ${name}`,
  "productType.deleted": ({ name }) => `deleted the product type ${name}`,
  "product.created": ({ name, id }) => `created the product ${name} (${id})`,
  "product.changed": ({ name, id }) => `changed the product ${name} (${id})`,
  "product.variantChanged": ({ name, id }) => `changed the variant ${name} of ${id}`,
  "product.deleted": ({ name, id }) => `deleted the product ${name} (${id})`,
  "delivery.changed": ({ name }) => `changed the expected delivery ${name}`,
  "template.changed": ({ name }) => `changed the mail template ${name}`,
  "template.reset": ({ name }) => `reset the mail template ${name} to its built-in text`,
  "template.tested": ({ name, to }) => `sent a test of the mail template ${name} to ${to}`,
  "mail.resent": ({ name, to }) => `sent the mail “${name}” to ${to} again`,
  "mail.supplierWritten": ({ name, to }) => `mailed the order “${name}” to ${to}`,
  "customer.forgotten": ({ orders }) =>
    `forgot a customer: ${orders === null ? "orders" : count(orders, "order")} no longer have their name`,
  "webhook.created": ({ name }) => `created the webhook ${name}`,
  "webhook.changed": ({ name }) => `changed the webhook ${name}`,
  "webhook.deleted": ({ name }) => `deleted the webhook ${name}`,
  "webhook.paused": ({ name }) => `paused the webhook ${name}`,
  "webhook.resumed": ({ name }) => `resumed the webhook ${name}`,
  "webhook.disabled": ({ name }) => `turned off the webhook ${name}`,
  "webhook.moved": ({ name }) =>
    `had the webhook ${name} send changes again from an earlier or later one`,
  "webhook.secretRotated": ({ name }) => `gave the webhook ${name} a new secret`,
  "webhook.tested": ({ name, isDelivered }) =>
    `tested the webhook ${name}, which ${isDelivered ? "worked" : "failed"}`,
  "queue.acted": ({ name, button, job }) =>
    `pressed “${button}” under Queues, for ${job === null ? "the" : "a job of the"} queue ${name}`,
  "signIn.succeeded": (facts) => `signed in${where(facts)}`,
  "signIn.ended": () => "signed out",
  "signIn.linkAsked": (facts) => `asked for a new password for ${facts.email ?? ""}${where(facts)}`,
  "signIn.failed": (facts) => `failed to sign in ${attempted(facts)}${where(facts)}: ${why(facts)}`,
  "account.passwordChanged": () => "changed their own password",
  "account.passwordChosen": () => "chose a password by a link",
  "account.secondFactorOn": () => "turned on their second factor",
  "account.secondFactorOff": () => "turned off their second factor",
  "account.sessionsEnded": () => "signed out their other browsers",
  "account.checkFailed": (facts) => `did not prove who they are${where(facts)}: ${why(facts)}`,
};

const where = ({ address }: ToldFacts): string => (address === null ? "" : ` from ${address}`);

const attempted = ({ email }: ToldFacts): string =>
  email === null ? "with an address that nobody has" : `as ${email}`;

const reasons: Readonly<Record<string, string>> = {
  "unknown-account": "there is no such account",
  "wrong-password": "the password was wrong",
  disabled: "the account is disabled",
  "wrong-code": "the code was wrong",
  "too-many-codes": "too many codes were wrong",
};

/** From the tenth time within an hour on it says how often, because not each failure has an entry. */
function why({ reason, times }: ToldFacts): string {
  const words = reasons[reason] ?? "it was refused";
  return times > 1 ? `${words}, ${number(times)} times within an hour` : words;
}

/** The texts. */
export const activity = {
  areas,
  acts,
  apiKey: (name: string) => `The API key ${name}`,
  command: "The command line",
  stranger: "Somebody",
  /** "Ada changed the group Managers: removed from its members: bob@example.com." */
  sentence: (who: string, did: string, changes: readonly string[]) =>
    changes.length === 0 ? `${who} ${did}.` : `${who} ${did}: ${changes.join("; ")}.`,
};
