// The texts about permissions. The first page needs them, to say why somebody may not open another.

import type { Permission } from "../../../../domain/access/permissions.ts";

/** What each permission allows. */
const allowed: Readonly<Record<Permission, string>> = {
  "catalogue:read": "See products, variants and product types, and what is available",
  "catalogue:write": "Create, edit and delete products, variants and product types",
  "stock:read": "See stock counts and their history",
  "stock:write": "Correct counts and receive new stock",
  "orders:read": "See orders",
  "orders:write": "Place orders and report their payment, as a checkout does",
  "orders:manage": "Cancel, refund and mark orders as paid, and restore their stock",
  "alerts:read": "See what runs low or is out of stock",
  "mails:read": "Read the mail log",
  "mails:write": "Send mails again, and tests and orders to suppliers to any address",
  "templates:read": "See mail templates",
  "templates:write": "Edit mail templates, and send tests to themselves",
  "events:read": "Read every change, as other programs do",
  "webhooks:read": "See webhooks and what they answered",
  "webhooks:write": "Create, change, pause and delete webhooks",
  "queues:read": "Look at the queues of work",
  "queues:write": "Try work again, pause it and remove it, in the queues",
  "admin:read": "See administrators, groups, keys, who did what, and the settings",
  "admin:write": "Change administrators, groups, API keys and the store's settings",
};

type AreaNames = { readonly title: string; readonly inSentence: string };

/** What each area is called above its permissions, and in a sentence. */
const areas: Readonly<Record<string, AreaNames>> = {
  catalogue: { title: "Products", inSentence: "products" },
  stock: { title: "Stock", inSentence: "stock" },
  orders: { title: "Orders", inSentence: "orders" },
  alerts: { title: "Alerts", inSentence: "alerts" },
  mails: { title: "Mails", inSentence: "mails" },
  templates: { title: "Mail templates", inSentence: "mail templates" },
  events: { title: "All changes", inSentence: "all changes" },
  webhooks: { title: "Webhooks", inSentence: "webhooks" },
  queues: { title: "Queues", inSentence: "queues" },
  admin: { title: "Administration", inSentence: "administration" },
};

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** The texts. */
export const permissions = {
  allowed,
  areas,
  grants: {
    everything: "May do everything",
    nothing: "No permissions",
    changes: (changed: readonly string[]) => `Changes ${list.format(changed)}`,
    reads: (read: readonly string[]) => `Reads ${list.format(read)}`,
    changesAndReads: (changed: readonly string[], read: readonly string[]) =>
      `Changes ${list.format(changed)}; reads ${list.format(read)}`,
  },
};
