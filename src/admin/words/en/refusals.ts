// The texts of a refusal for a store manager, by the rule that refused it. A new rule needs its texts here.

import type { ProblemCode } from "../../../contract/problem.ts";
import type { OrderStatus } from "../../../domain/order/order-status.ts";
import { permissionWords } from "../../settings/permission-words.ts";
import { change, count, number } from "../numbers.ts";
import type { Facts } from "../problem-facts.ts";

type Words = { readonly title: string; readonly text: string };

/** The texts that a rule has of its own; what it leaves out is that of the problem's kind. */
type OwnWords = (facts: Facts, ofKind: Words) => Partial<Words>;

const ofKind: OwnWords = () => ({});

const withCount: OwnWords = ({ unitsInStock }, { text }) =>
  unitsInStock === undefined
    ? {}
    : { text: `There are ${number(unitsInStock)} units now. ${text}` };

/** The texts by code. */
export const refusals: Readonly<Record<ProblemCode, OwnWords>> = {
  unknown: ({ resource }) => ({
    title: resource === undefined ? "There is nothing here" : `There is no such ${named(resource)}`,
  }),
  "variant-not-product": ({ product }) => ({
    title: "This is a variant",
    text: product === undefined ? "Open its product." : `Open its product, “${product}”.`,
  }),
  "stale-version": ofKind,
  faults: ofKind,
  "skus-taken": ({ skus = [] }) => ({
    title: skus.length > 1 ? "Some SKUs are taken" : "This SKU is taken",
    text: `${skus.map(takenWords).join(" ")} Choose another SKU, or change that one first.`.trim(),
  }),
  "default-type": () => ({
    title: "This product type can't be deleted",
    text: "It is the default type of products.",
  }),
  "type-in-use": ({ products = 0 }) => ({
    title: "This product type can't be deleted",
    text: `${count(products, "product has", "products have")} it. Give them another type first.`,
  }),
  "not-tracked": ofKind,
  "stale-count": withCount,
  "count-below-zero": withCount,
  "stock-below-zero": ({ belowZero = [] }) => ({
    title: "Some counts are below zero",
    text: `Allow Negative Stock can't be turned off before they are 0 or more: ${belowZero
      .map(({ sku, unitsInStock }) => `${sku} has ${change(unitsInStock)}`)
      .join(", ")}.`,
  }),
  "adjustment-below-zero": (facts, words) => {
    const { unitsInStock, unitsAfter } = facts;
    return unitsInStock === undefined || unitsAfter === undefined
      ? withCount(facts, words)
      : {
          text: `There are ${number(unitsInStock)} units, and this would make them ${change(unitsAfter)}. ${words.text}`,
        };
  },
  "not-undoable": () => ({
    title: "This can't be undone here",
    text: "It belongs to an order. Cancel or refund the order, or put its units back.",
  }),
  "undone-before": () => ({
    title: "This was undone already",
    text: "Nothing was changed. Reload the page to see what undid it.",
  }),
  "not-receivable": () => ({
    title: "Some of these items can't be used",
    text: "Nothing was stored. Correct or remove what is marked, then try again.",
  }),
  "reference-taken": () => ({
    title: "This reference is in use",
    text: "It belongs to something else that is stored already. Choose another reference.",
  }),
  "delivery-closed": () => ({
    title: "This delivery is closed",
    text: "Nothing more can be changed or received for it.",
  }),
  "wrong-status": ({ orderStatus }) =>
    orderStatus === undefined ? {} : { text: `${nowWords[orderStatus]} Reload the page.` },
  "not-left": () => ({
    title: "Not all of these units are left",
    text: "Nothing was changed. Correct what is marked, then try again.",
  }),
  "no-count-for-restock": () => ({
    title: "Some of these items were deleted",
    text: "No count can take their units, so nothing was changed. Create the products again first, or don't put the units back.",
  }),
  "not-restockable": () => ({
    title: "Not all of these units can go back",
    text: "Nothing was changed. Correct what is marked, then try again.",
  }),
  "unknown-groups": () => ({
    title: "Some of these groups are gone",
    text: "Somebody has deleted them. Reload the page, then choose again.",
  }),
  "unknown-users": () => ({
    title: "Some of these people are gone",
    text: "Somebody has removed them. Reload the page, then choose again.",
  }),
  "beyond-granter": ({ permissions = [] }) => ({
    title: "You can't give what you don't have",
    text: `You don't have this yourself: ${listed(permissions)}. Ask somebody who has it.`,
  }),
  "granter-gone": ofKind,
  "permissions-lost": ({ permissions = [] }) => ({
    title: "Somebody has to keep this permission",
    text: `After this, nobody could pass it on: ${listed(permissions)}. Give it to somebody else first.`,
  }),
  "protected-group": () => ({
    title: "This group can't be deleted",
    text: "The store needs it. Remove its members instead.",
  }),
  "too-many-members": ({ membersMax }) => ({
    title: "The group is full",
    text: `It can have ${membersMax === undefined ? "no more people" : `at most ${count(membersMax, "person", "people")}`}. Remove somebody first.`,
  }),
  "key-name-taken": () => ({
    title: "This name is taken",
    text: "Another key has it, perhaps in capitals. Choose another name, or revoke that key first.",
  }),
  "email-taken": () => ({
    title: "This address is taken",
    text: "Somebody has it already, perhaps in capitals.",
  }),
  "has-password": () => ({
    title: "This person has a password",
    text: "There is no invitation any more. Set a new password if they have forgotten it.",
  }),
  "person-disabled": () => ({
    title: "This person is disabled",
    text: "Turn on “May log in” first, then invite again.",
  }),
  "mail-under-way": () => ({
    title: "This mail is not finished",
    text: "It waits, is being delivered, or was cancelled. Only a mail that has arrived or failed can be sent again.",
  }),
  "mail-item-gone": () => ({
    title: "This mail can't be sent again",
    text: "Its item was deleted or hidden. Nothing is mailed about it any more.",
  }),
  "test-refused": ({ reason }) => ({
    title: "The mail server refused the test",
    text: saidWords(reason),
  }),
  "test-not-sent": ({ reason }) => ({
    title: "The test could not be delivered",
    text: saidWords(reason),
  }),
  "too-many-supplier-mails": ({ mailsMax = 100, waitSeconds = 3_600 }) => ({
    title: "Too many orders were mailed within an hour",
    text: `At most ${number(mailsMax)} can be mailed to suppliers in an hour, and this one was not. Try again in ${count(Math.ceil(waitSeconds / 60), "minute")}.`,
  }),
  "too-many-webhooks": () => ({
    title: "There is no room for another webhook",
    text: "Delete one that nobody needs any more, then try again.",
  }),
  "webhook-disabled": () => ({
    title: "This webhook is switched off",
    text: "Turn it on first.",
  }),
  "webhook-place-not-kept": () => ({
    title: "Events that it has not got are no longer kept",
    text: "Choose Send changes again, with a later time. Then resume it.",
  }),
  "webhook-without-secret": () => ({
    title: "Messages to Slack are not signed",
    text: "So there is no secret to change.",
  }),
  "too-many-watched": ({ watchesMax = 100 }) => ({
    title: "You watch too many items",
    text: `You can watch ${watchesMax} at most. Watch a product type under your account, or stop watching others first.`,
  }),
  "own-account": () => ({
    title: "This is your own account",
    text: "Change your password and your second factor under My account. Only another administrator can change your address.",
  }),
};

const nowWords: Readonly<Record<OrderStatus, string>> = {
  "awaiting-payment": "The order waits for its payment.",
  pending: "The order waits for its decision.",
  confirmed: "The order is confirmed.",
  rejected: "The order was rejected.",
  cancelled: "The order is cancelled.",
  refunded: "The order is refunded.",
  expired: "The order has expired.",
};

const named = (resource: string): string =>
  ({ user: "person", key: "API key", movement: "change of a count" })[resource] ?? resource;

function takenWords({ sku, product }: { sku: string; product: string }): string {
  return sku === product
    ? `Another product has the SKU “${sku}”.`
    : `The SKU “${sku}” belongs to the product “${product}”.`;
}

function listed(permissions: NonNullable<Facts["permissions"]>): string {
  return permissions.map((permission) => permissionWords[permission].toLowerCase()).join("; ");
}

function saidWords(reason: string | undefined): string {
  return reason === undefined ? "It gave no reason." : `The reason it gave: “${reason}”.`;
}
