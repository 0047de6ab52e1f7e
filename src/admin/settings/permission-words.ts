// The permissions as plain texts, for people who don't know the API.

import { type Permission, permissions } from "../../domain/access/permissions.ts";

/** Permissions of one area, weakest first. */
type PermissionArea = {
  readonly name: string;
  readonly permissions: readonly Permission[];
};

/** What each permission allows. */
export const permissionWords: Readonly<Record<Permission, string>> = {
  "catalogue:read": "See products, variants and product types, and what is available",
  "catalogue:write": "Create, edit and delete products, variants and product types",
  "stock:read": "See stock counts and their history",
  "stock:write": "Correct counts and receive new stock",
  "orders:read": "See orders",
  "orders:write": "Place orders and report their payment, as a checkout does",
  "orders:manage": "Cancel, refund and mark orders as paid, and restore their stock",
  "alerts:read": "See what runs low or is out of stock",
  "mails:read": "Read the mail log",
  "mails:write": "Send mails again, and tests to any address",
  "templates:read": "See mail templates",
  "templates:write": "Edit mail templates, and send tests to themselves",
  "events:read": "Read the feed of events",
  "webhooks:read": "See webhooks and what they answered",
  "webhooks:write": "Create, change, pause and delete webhooks",
  "queues:read": "Look at the queues in Bull Board",
  "queues:write": "Retry, pause and remove jobs in Bull Board",
  "admin:read": "See administrators, groups, keys, who did what, and the settings",
  "admin:write": "Change administrators, groups, API keys and the store's settings",
};

const areaNames: Readonly<Record<string, string>> = {
  catalogue: "Products",
  stock: "Stock",
  orders: "Orders",
  alerts: "Alerts",
  mails: "Mails",
  templates: "Mail templates",
  events: "Events",
  webhooks: "Webhooks",
  queues: "Queues",
  admin: "Administration",
};

/** All permissions by area, in the order of their declaration. */
export const permissionAreas: readonly PermissionArea[] = Object.entries(
  Object.groupBy(permissions, areaOf),
).map(([area, ofArea = []]) => ({ name: areaNames[area] ?? area, permissions: ofArea }));

/** Summarises the permissions of a group or key in one line. */
export function grantsInWords(granted: readonly Permission[]): string {
  if (permissions.every((permission) => granted.includes(permission))) return "May do everything";
  if (granted.length === 0) return "No permissions";
  const changes = areasOf(granted.filter((permission) => !permission.endsWith(":read")));
  const reads = areasOf(granted).filter((area) => !changes.includes(area));
  return [
    changes.length > 0 ? `Changes ${listed(changes)}` : "",
    reads.length > 0 ? `${changes.length > 0 ? "reads" : "Reads"} ${listed(reads)}` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

function areaOf(permission: Permission): string {
  return permission.slice(0, permission.indexOf(":"));
}

function areasOf(granted: readonly Permission[]): string[] {
  return [...new Set(granted.map(areaOf))].map((area) => (areaNames[area] ?? area).toLowerCase());
}

const list = new Intl.ListFormat("en", { type: "conjunction" });

function listed(names: readonly string[]): string {
  return list.format(names);
}
