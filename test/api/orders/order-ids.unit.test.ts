import { describe, expect, it } from "vitest";
import * as z from "zod";
import { createOrderIds } from "../../../src/api/orders/order-ids.ts";

describe("ids of orders", () => {
  it("are UUIDs of version 7", () => {
    const nextId = createOrderIds();
    for (let count = 0; count < 100; count += 1) {
      expect(z.uuidv7().safeParse(nextId()).success).toBe(true);
    }
  });

  it("rise strictly, also within a millisecond and when the clock goes back", () => {
    let now = 1_700_000_000_000;
    const nextId = createOrderIds(() => now);
    const ids = Array.from({ length: 10_000 }, (_, index) => {
      if (index === 5_000) now -= 60_000;
      return nextId();
    });
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("carry the time at which they were made", () => {
    const nextId = createOrderIds(() => 0x0123456789ab);
    expect(nextId()).toMatch(/^01234567-89ab-7000-/);
  });
});
