import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventTypes } from "../../../src/contract/event-types.ts";
import {
  type SlackEvent,
  slackLinesMax,
  slackSentence,
  slackText,
  slackTold,
} from "../../../src/domain/webhooks/slack-text.ts";
import { slackTypes } from "../../../src/domain/webhooks/slack-types.ts";

const shop = "https://shop.example";
const order = { orderId: "0198-1", reference: "SO-1001" };
const ofOrder = "<https://shop.example/admin/orders/0198-1|SO-1001>";
const mug = { sku: "MUG-RED", holder: { kind: "variant", productSku: "MUG/1" } };
const ofMug = "<https://shop.example/admin/products/MUG%2F1|MUG-RED>";
const product = { sku: "MUG/1", name: "Mug & more", fields: [], variants: [] };
const ofProduct = "<https://shop.example/admin/products/MUG%2F1|MUG/1>";
const levels = { unitsInStock: 1_200, available: 7, limit: 2_000, heldBack: 0 };
const lines = [
  { sku: "MUG-RED", quantity: 3, allocated: 3, preOrdered: 0 },
  { sku: "TEA", quantity: 2, allocated: 0, preOrdered: 2 },
];
const shortage = {
  reason: "insufficient-stock",
  requested: 8,
  available: 7,
  skus: ["MUG-RED", "MUG-SEA"],
};

const cases: readonly [type: string, data: Readonly<Record<string, unknown>>, sentence: string][] =
  [
    [
      "order.confirmed",
      { ...order, lines },
      `Order ${ofOrder} is confirmed: 3 of MUG-RED, 2 of TEA. It waits for 2 of TEA.`,
    ],
    [
      "order.rejected",
      { ...order, shortages: [shortage], refundDue: true },
      `Order ${ofOrder} was rejected. 8 of MUG-RED, MUG-SEA were ordered, 7 can be had. It was paid: give the payment back.`,
    ],
    [
      "order.rejected",
      { ...order, shortages: [{ reason: "no-longer-sold", skus: ["TEA"] }], refundDue: false },
      `Order ${ofOrder} was rejected. TEA is no longer sold.`,
    ],
    ["order.paid", order, `Order ${ofOrder} was paid.`],
    ["order.cancelled", { ...order, status: "cancelled" }, `Order ${ofOrder} was cancelled.`],
    [
      "order.cancelled",
      { ...order, status: "confirmed", cancelled: [{ sku: "TEA", quantity: 1 }] },
      `Some of order ${ofOrder} was cancelled: 1 of TEA.`,
    ],
    ["order.refunded", { ...order, status: "refunded" }, `Order ${ofOrder} was refunded.`],
    [
      "order.refunded",
      { ...order, status: "confirmed", refunded: [{ sku: "TEA", quantity: 1 }] },
      `Some of order ${ofOrder} was refunded: 1 of TEA.`,
    ],
    [
      "order.restocked",
      { ...order, restocked: [{ sku: "TEA", quantity: 1 }] },
      `Units of order ${ofOrder} were put back into stock: 1 of TEA.`,
    ],
    [
      "order.allocated",
      { ...order, allocated: [{ sku: "TEA", units: 2 }] },
      `Units that came in went to order ${ofOrder}: 2 of TEA.`,
    ],
    ["order.ready", order, `Order ${ofOrder} has all its units now.`],
    ["order.expired", order, `Order ${ofOrder} was not paid in time. Its units are free again.`],
    [
      "stock.changed",
      { ...mug, unitsBefore: 12, unitsAfter: -3 },
      `The count of ${ofMug} changed from 12 to -3.`,
    ],
    ["stock.low", { ...mug, ...levels }, `${ofMug} is low: 1,200 in stock, 7 can be had.`],
    ["stock.out", { ...mug, ...levels }, `${ofMug} is out: 1,200 in stock, 7 can be had.`],
    ["stock.backInStock", { ...mug, ...levels }, `${ofMug} can be sold again: 7 can be had.`],
    ["stock.recovered", { ...mug, ...levels }, `${ofMug} is not low any more: 1,200 in stock.`],
    ["shop.productOutOfStock", { ...mug, ...levels }, `${ofMug} is out of stock: 7 can be had.`],
    ["shop.variantOutOfStock", { ...mug, ...levels }, `${ofMug} is out of stock: 7 can be had.`],
    ["product.created", product, `Product ${ofProduct} (Mug &amp; more) was created.`],
    ["product.updated", product, `Product ${ofProduct} (Mug &amp; more) was changed.`],
    ["product.deleted", product, "Product MUG/1 (Mug &amp; more) was deleted."],
  ];

describe("a sentence for Slack", () => {
  it.each(cases)("tells %s of %j", (type, data, sentence) => {
    expect(slackSentence({ type, actor: null, data }, shop)).toBe(sentence);
  });

  it("is there for every type of event, and so are those that a channel gets by default", () => {
    const all = Object.keys(eventTypes).toSorted();
    expect([...new Set(cases.map(([type]) => type))].toSorted()).toEqual(all);
    expect(slackTold.toSorted()).toEqual(all);
    expect(all).toEqual(expect.arrayContaining([...slackTypes]));
  });

  it("names who did it, and an event that it does not know", () => {
    const paid = { type: "order.paid", actor: "key:<till>", data: order };
    expect(slackSentence(paid, shop)).toBe(`Order ${ofOrder} was paid. By key:&lt;till&gt;.`);
    const other = { type: "shop.other", actor: null, data: mug };
    expect(slackSentence(other, shop)).toBe(`shop.other: ${ofMug}`);
    expect(slackSentence({ ...other, data: {} }, shop)).toBe("shop.other:");
  });

  it("names five lines of an order, and how many more there are", () => {
    const many = Array.from({ length: 7 }, (_none, at) => ({ sku: `S${at}`, quantity: 1 }));
    expect(
      slackSentence(
        { type: "order.confirmed", actor: null, data: { ...order, lines: many } },
        shop,
      ),
    ).toContain("1 of S4 and 2 more lines.");
  });

  it("is one line, and has no markup but its own link, whatever the store's texts are", () => {
    const words = fc.string({ unit: fc.constantFrom("a", "<", ">", "&", "|", "!", "@", "/", "é") });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(eventTypes), "shop.other"),
        fc.record({ sku: words, reference: words, name: words, orderId: words, actor: words }),
        (type, { actor, ...texts }) => {
          const items = [{ sku: texts.sku, quantity: 1 }];
          const data = { ...texts, lines: items, allocated: items, restocked: items };
          const sentence = slackSentence({ type, actor, data }, shop);
          const [before = "", ...links] = sentence.split("<");
          expect(before).not.toContain(">");
          for (const after of links) {
            expect(after).toMatch(
              /^https:\/\/shop\.example\/admin\/[a-z]+\/[^<>|&]*\|[^<>]*>[^<>]*$/u,
            );
          }
        },
      ),
    );
  });
});

describe("the text of a message", () => {
  const events = (length: number): SlackEvent[] =>
    Array.from({ length }, () => ({ type: "order.paid", actor: null, data: order }));

  it.each([
    [1, 1, "was paid."],
    [slackLinesMax, slackLinesMax, "was paid."],
    [slackLinesMax + 12, slackLinesMax + 1, "... and 12 more."],
  ])("about %i events has %i lines", (length, expected, last) => {
    const told = slackText(events(length), shop).split("\n");
    expect(told).toHaveLength(expected);
    expect(told.at(-1)).toContain(last);
  });
});
