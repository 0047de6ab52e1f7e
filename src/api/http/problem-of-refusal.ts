// Turns each refusal of the domain into a problem: its kind, which decides the status, and a detail with what was
// expected, what came and what to do. Each kind of refusal has its case here and nowhere else.

import { webhookRefusalDetail } from "./webhook-refusal-detail.ts";
import type { Refusal, TakenSku, Versioned } from "../../domain/refusal.ts";
import { invitationWords } from "./invitation-words.ts";
import { wordsForLost } from "./lost-permission-words.ts";
import { noCount, notLeft, unrestockable } from "./faults-of-returns.ts";
import { Problem } from "./problem.ts";
import { factsOf } from "./refusal-facts.ts";
import { notReceivable, referenceTaken, wordsForUnknownReceipts } from "./receiving-words.ts";
import { wordsForStatus } from "./status-words.ts";
import { tooManySupplierMails } from "./too-many-supplier-mails.ts";
import { notUndoable, undoneBefore } from "./undo-words.ts";

/** The problem of a refusal. Its `code` is the refusal's kind, and its other members are the facts of it. */
export function problemOfRefusal(refusal: Refusal): Problem {
  const { kind, message, errors, extra, headers } = describe(refusal);
  const facts = { ...factsOf(refusal), ...extra };
  return new Problem(kind, message, { code: refusal.kind, errors, extra: facts, headers });
}

function describe(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case "unknown":
      return new Problem("not-found", wordsForUnknown[refusal.what](refusal.key));
    case "variant-not-product":
      return new Problem(
        "not-found",
        `There is no product with the SKU ${quote(refusal.sku)}: it is a variant of ${quote(refusal.product)}. Ask for that product.`,
      );
    case "stale-version":
      return staleVersion(refusal.of, null);
    case "faults":
      return new Problem(
        "validation-failed",
        `${refusal.faults.length === 1 ? "1 thing is" : `${refusal.faults.length} things are`} wrong with the request's body; see errors.`,
        { errors: refusal.faults },
      );
    case "skus-taken":
      return skusTaken(refusal.skus);
    case "default-type":
      return new Problem(
        "conflict",
        `The product type ${refusal.code} can't be deleted: it is the default type of products.`,
      );
    case "type-in-use": {
      const { code, products } = refusal;
      return new Problem(
        "conflict",
        `The product type ${code} can't be deleted: ${products} ${products === 1 ? "product is" : "products are"} of it. Give them another type first.`,
        { extra: { products } },
      );
    }
    case "not-tracked":
      return new Problem(
        "not-tracked",
        `The stock of ${refusal.sku} is not tracked, so it has no count. To have one, set trackInventory on its product, which has to be of a type with inventory.`,
      );
    case "stale-count":
      return staleCount(refusal);
    case "count-below-zero": {
      const detail = `Expected zero or more, because allowNegativeStock is off; got ${refusal.unitsInStock}.`;
      const errors = [{ pointer: `${refusal.path}/unitsInStock`, detail }];
      return new Problem("below-zero", detail, { errors });
    }
    case "stock-below-zero": {
      const counts = refusal.items.map((item) => `${item.sku} has ${item.unitsInStock}`).join(", ");
      return new Problem(
        "below-zero",
        `allowNegativeStock can't be switched off while units are below zero: ${counts}. Set unitsInStock to zero or more in the same request, or adjust the stock first.`,
        { extra: { belowZero: refusal.items } },
      );
    }
    case "adjustment-below-zero": {
      const { sku, unitsInStock, unitsAfter } = refusal;
      return new Problem(
        "below-zero",
        `${sku} has ${unitsInStock} units, and this would make them ${unitsAfter}. Expected zero or more; only a product with allowNegativeStock may have less.`,
        { extra: { unitsInStock, unitsAfter } },
      );
    }
    case "not-undoable":
      return notUndoable(refusal.movement);
    case "undone-before":
      return undoneBefore(refusal.id, refusal.by);
    case "not-receivable":
      return notReceivable(refusal.lines);
    case "reference-taken":
      return referenceTaken(refusal.what, refusal.reference, null);
    case "delivery-closed":
      return new Problem(
        "conflict",
        `The expected delivery ${quote(refusal.reference)} is closed, so nothing more can be changed or received for it.`,
      );
    case "wrong-status":
      return new Problem("wrong-status", wordsForStatus[refusal.change](refusal.status));
    case "not-left":
      return new Problem(
        "validation-failed",
        `Not all of that is left to be ${refusal.change}; nothing was.`,
        { errors: refusal.lines.map((line) => notLeft(refusal.change, line)) },
      );
    case "no-count-for-restock":
      return new Problem(
        "validation-failed",
        "Not all of that can be put back to stock, so nothing was changed.",
        { errors: refusal.skus.map(noCount) },
      );
    case "not-restockable":
      return new Problem("validation-failed", "Not all of that can be put back; nothing was.", {
        errors: refusal.lines.map(unrestockable),
      });
    case "webhook-place-not-kept":
      return new Problem("place-not-kept", webhookRefusalDetail(refusal), {
        extra: { oldest: refusal.oldest },
      });
    case "too-many-webhooks":
    case "webhook-disabled":
    case "webhook-without-secret":
      return new Problem("conflict", webhookRefusalDetail(refusal));
    case "too-many-supplier-mails":
      return tooManySupplierMails(refusal.mailsMax, refusal.waitSeconds);
    case "unknown-groups":
      return unknownEntries("groups", refusal.codes, "group");
    case "unknown-users":
      return unknownEntries("members", refusal.ids, "user");
    case "beyond-granter":
      return new Problem(
        "permission-denied",
        `This would need the permissions ${refusal.permissions.join(", ")}, which you don't have yourself. Ask somebody who has them.`,
      );
    case "granter-gone":
      return new Problem(
        "unauthenticated",
        "The key or session of this request was ended before the request was carried out; nothing was changed.",
      );
    case "permissions-lost":
      return new Problem("conflict", wordsForLost(refusal.permissions));
    case "protected-group":
      return new Problem(
        "conflict",
        `The group ${refusal.code} can't be deleted: the store relies on it. Remove its members instead.`,
      );
    case "too-many-members":
      return new Problem(
        "conflict",
        `Expected at most ${refusal.membersMax} members in a group. Remove one first.`,
      );
    case "key-name-taken":
      return new Problem(
        "conflict",
        `There is a key named ${quote(refusal.name)} already, perhaps written in another case. The ledger tells keys apart by their names: choose another, or revoke that key first.`,
        { errors: [{ pointer: "/name", detail: "Expected a name that no other active key has." }] },
      );
    case "email-taken":
      return new Problem(
        "conflict",
        `Somebody has the address ${refusal.email} already, perhaps written in another case.`,
        { errors: [{ pointer: "/email", detail: "Expected an address that nobody else has." }] },
      );
    case "has-password":
    case "person-disabled":
      return new Problem("conflict", invitationWords[refusal.kind]);
  }
}

/** The problem of a stale version. `current` is what is stored now, so that an editor can show what changed. */
export function staleVersion(of: Versioned, current: unknown): Problem {
  return new Problem("stale-version", wordsForStale(of), { extra: { current } });
}

function wordsForStale(of: Versioned): string {
  if (typeof of === "string") {
    return "It is not in the version that this change was based on. Look at `current`, and make the change again on it.";
  }
  const item = `${of.what === "product" ? "Product" : "Product type"} ${of.key}`;
  if (of.change === "delete") {
    return `${item} was changed meanwhile. Look at current, and delete it with its version.`;
  }
  const happened = of.what === "product" ? "changed, made or deleted" : "changed or made";
  return `${item} is not as the request expects it: it was ${happened} meanwhile. Look at current, and send the request again with its version.`;
}

const quote = (text: string) => JSON.stringify(text);

const inList = (what: string, list: string) => (key: string) =>
  `There is no ${what} ${quote(key)}. GET /api/v1/${list} lists what there is.`;

const wordsForUnknown = {
  group: inList("group", "admin-groups"),
  user: inList("user", "admin-users"),
  key: inList("key", "api-keys"),
  alert: (id: string) => `There is no alert ${id}. GET /api/v1/alerts lists what there is.`,
  mail: (id: string) => `There is no mail ${id}. GET /api/v1/mails lists what there is.`,
  order: (id: string) => `There is no order ${id}. Look it up with GET /orders?reference=.`,
  product: (sku: string) =>
    `There is no product with the SKU ${quote(sku)}. Look it up with GET /products?q=.`,
  "product type": (code: string) =>
    `There is no product type ${quote(code)}. See GET /product-types for those there are.`,
  "product or variant": (sku: string) =>
    `There is no product or variant with the SKU ${quote(sku)}. Look it up with GET /products?q=.`,
  webhook: inList("webhook", "webhooks"),
  movement: (id: string) =>
    `There is no movement ${id} of this item. GET /stock/{sku}/movements lists what there is; old sales may be in files of closed months only.`,
  ...wordsForUnknownReceipts,
} as const;

function staleCount(refusal: Extract<Refusal, { readonly kind: "stale-count" }>): Problem {
  const { sku, path, expectedUnits, unitsInStock } = refusal;
  const detail = `Expected ${expectedUnits} units of ${sku}; there are ${unitsInStock} now. Look at the count again, and send the request with expectedUnits ${unitsInStock} if it still holds.`;
  const counts = { expectedUnits, unitsInStock };
  if (path === undefined) return new Problem("stale-count", detail, { extra: counts });
  const errors = [{ pointer: `${path}/expectedUnits`, detail }];
  return new Problem("stale-count", detail, { errors, extra: { sku, ...counts } });
}

function skusTaken(skus: readonly TakenSku[]): Problem {
  const owned = skus.map((taken) => ({ ...taken, detail: wordsForTaken(taken) }));
  const detail = `${owned[0]?.detail} Use another SKU, or free this one first.`;
  return new Problem("conflict", detail, {
    errors: owned.flatMap(({ pointer, ...taken }) =>
      pointer === null ? [] : [{ pointer, detail: taken.detail }],
    ),
    extra: { skus: skus.map(({ sku, product }) => ({ sku, product })) },
  });
}

function wordsForTaken({ sku, product, productName, isVariant }: TakenSku): string {
  const item = isVariant ? "a variant of " : "";
  return `The SKU ${quote(sku)} belongs to ${item}the product ${quote(product)} (${productName}).`;
}

function unknownEntries(
  field: string,
  unknown: readonly string[],
  what: "group" | "user",
): Problem {
  return new Problem("validation-failed", `Some ${field} don't exist; see errors.`, {
    errors: unknown.map((key) => ({
      pointer: `/${field}`,
      detail: wordsForUnknown[what](key),
    })),
  });
}
