import { describe, expect, it } from "vitest";
import { laneKeyOf, laneOf } from "../../../src/domain/webhooks/lane-key.ts";

describe("the lane of an event", () => {
  it.each([
    ["its order", "order.confirmed", { orderId: "o-1", sku: "MUG" }, "o-1"],
    ["its SKU", "stock.changed", { sku: "MUG", orderId: "o-1" }, "MUG"],
    ["its SKU", "shop.productOutOfStock", { sku: "MUG" }, "MUG"],
    ["its SKU", "product.created", { sku: "MUG" }, "MUG"],
    ["nothing, if it names neither", "webhook.test", {}, ""],
    ["nothing, if what it names is no text", "stock.low", { sku: 7 }, ""],
  ])("follows %s: %s", (_what, type, data, key) => {
    expect(laneKeyOf({ type, data })).toBe(key);
  });

  it("is always the same for the same key", () => {
    expect([laneOf("MUG", 16), laneOf("MUG-RED", 16), laneOf("", 16), laneOf("MUG", 1)]).toEqual([
      laneOf("MUG", 16),
      laneOf("MUG-RED", 16),
      laneOf("", 16),
      0,
    ]);
  });

  it("spreads SKUs over all lanes", () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let number = 0; number < 1_600; number += 1) {
      const lane = laneOf(`SKU-${number}`, 16);
      counts[lane] = (counts[lane] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(200);
  });
});
