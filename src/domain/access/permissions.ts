// The permissions of keys and people. A key has them as scopes; a person has those of their groups.

/** Every permission there is, as `area:right`. */
export const permissions = [
  "catalogue:read",
  "catalogue:write",
  "stock:read",
  "stock:write",
  "orders:read",
  "orders:write",
  "orders:manage",
  "alerts:read",
  "mails:read",
  "mails:write",
  "templates:read",
  "templates:write",
  "events:read",
  "webhooks:read",
  "webhooks:write",
  "queues:read",
  "queues:write",
  "admin:read",
  "admin:write",
] as const;

/** One permission. */
export type Permission = (typeof permissions)[number];

/** The code of the group whose members get mails about low stock. */
export const alertedGroup = "store-managers";
