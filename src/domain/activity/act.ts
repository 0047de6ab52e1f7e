// What people, keys and commands do beside orders and counts, as it is recorded: settings, access, templates, webhooks,
// sign-ins. Orders have their status log, and counts their ledger.

/** Every kind of act, by its area. */
export const actKinds = [
  "store.changed",
  "group.created",
  "group.changed",
  "group.deleted",
  "person.created",
  "person.changed",
  "person.deleted",
  "person.passwordReset",
  "person.invited",
  "person.invitationRevoked",
  "person.alertMailsChanged",
  "person.secondFactorRemoved",
  "key.created",
  "key.revoked",
  "productType.created",
  "productType.changed",
  "productType.deleted",
  "product.created",
  "product.changed",
  "product.variantChanged",
  "product.deleted",
  "delivery.changed",
  "template.changed",
  "template.reset",
  "template.tested",
  "mail.resent",
  "mail.supplierWritten",
  "customer.forgotten",
  "webhook.created",
  "webhook.changed",
  "webhook.deleted",
  "webhook.paused",
  "webhook.resumed",
  "webhook.disabled",
  "webhook.moved",
  "webhook.secretRotated",
  "webhook.tested",
  "queue.acted",
  "signIn.succeeded",
  "signIn.failed",
  "signIn.ended",
  "signIn.linkAsked",
  "account.passwordChanged",
  "account.passwordChosen",
  "account.secondFactorOn",
  "account.secondFactorOff",
  "account.sessionsEnded",
  "account.checkFailed",
] as const;
export type ActKind = (typeof actKinds)[number];

/** The areas of acts, each the first word of its kinds. */
export const actAreas = [
  "store",
  "group",
  "person",
  "key",
  "productType",
  "product",
  "delivery",
  "template",
  "mail",
  "customer",
  "webhook",
  "queue",
  "signIn",
  "account",
] as const;
export type ActArea = (typeof actAreas)[number];

/** The area of a kind. */
export function areaOf(kind: ActKind): ActArea {
  const area = actAreas.find((one) => kind.startsWith(`${one}.`));
  if (area === undefined) throw new Error(`Expected an area for the act ${kind}; got none.`);
  return area;
}

/**
 * The facts that a record may have. The list is closed, so that nobody adds a secret by spreading a row: no password, no
 * key, no token and no secret of a webhook, nor a hash of one. Of a webhook's address only the host is a fact, because
 * the rest of it can be a secret.
 */
export const factNames = [
  "name",
  "email",
  "enabled",
  "groups",
  "permissions",
  "members",
  "language",
  "locale",
  "timeZone",
  "expiresAt",
  "mailFromName",
  "mailFromEmail",
  "replyToEmail",
  "restockOnReturn",
  "takeStock",
  "hasInventory",
  "hasVariants",
  "type",
  "trackInventory",
  "stockAlertThreshold",
  "outOfStockThreshold",
  "hideIfOutOfStock",
  "allowPreOrder",
  "allowNegativeStock",
  "leadDays",
  "packSize",
  "variants",
  "options",
  "ownStock",
  "expectedAt",
  "supplier",
  "note",
  "version",
  "subject",
  "to",
  "host",
  "addressChanged",
  "description",
  "channel",
  "types",
  "status",
  "place",
  "keepsOldHours",
  "outcome",
  "job",
  "button",
  "sessions",
  "orders",
  "reason",
  "times",
  "address",
  "mailMode",
  "dailyAt",
  "quietHours",
  "timeZone",
  "pausedUntil",
  "watching",
  "watchingTypes",
] as const;
export type FactName = (typeof factNames)[number];

/** A value of a fact. A list has no order. */
export type FactValue = string | number | boolean | null | readonly string[];

/** What is recorded of a thing before or after an act. */
export type Facts = { readonly [Name in FactName]?: FactValue };

/** An act that was done. */
export type Act = {
  readonly kind: ActKind;
  /** What it was done to, with the name that it had then. */
  readonly subject: { readonly id: string; readonly name: string };
  readonly before: Facts | null;
  readonly after: Facts | null;
};

/** Who acts. A stranger is somebody who has not signed in. */
export const actorKinds = ["user", "key", "command", "service", "stranger"] as const;
export type ActorKind = (typeof actorKinds)[number];

/**
 * The facts that differ. Of a list, `before` has what was taken away and `after` what was added, so that a record is as
 * large as its change. Null if nothing differs. A fact that only one side has differs too, unless the other is null.
 */
export function changedFacts(
  before: Facts,
  after: Facts,
): { readonly before: Facts; readonly after: Facts } | null {
  const was: { [Name in FactName]?: FactValue } = {};
  const is: { [Name in FactName]?: FactValue } = {};
  for (const name of factNames) {
    const [old, now] = differenceOf(before[name] ?? null, after[name] ?? null);
    if (isSame(old, now)) continue;
    was[name] = old;
    is[name] = now;
  }
  return Object.keys(is).length === 0 ? null : { before: was, after: is };
}

function differenceOf(old: FactValue, now: FactValue): readonly [FactValue, FactValue] {
  if (!isList(old) && !isList(now)) return [old, now];
  const had = new Set(isList(old) ? old : []);
  const has = new Set(isList(now) ? now : []);
  const gone = [...had].filter((entry) => !has.has(entry)).toSorted();
  const added = [...has].filter((entry) => !had.has(entry)).toSorted();
  // No list means all, as of a webhook's types: that is no difference of entries.
  return isList(old) && isList(now) ? [gone, added] : [old, now];
}

function isList(value: FactValue): value is readonly string[] {
  return Array.isArray(value);
}

function isSame(old: FactValue, now: FactValue): boolean {
  return JSON.stringify(old) === JSON.stringify(now);
}
