import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { customerLimits, customerSchema } from "../../src/contract/customer.ts";

/** The stored customer, as it is read again; undefined if none is stored. */
function stored(customer: unknown): unknown {
  const json = customerSchema.parse(customer);
  return json === undefined ? undefined : JSON.parse(json);
}

describe("the customer of an order", () => {
  test.each<[unknown, unknown]>([
    [undefined, undefined],
    [null, undefined],
    ["", undefined],
    [" ", undefined],
    [{}, undefined],
    [[], undefined],
    [{ name: "" }, undefined],
    [{ name: null, email: " " }, undefined],
    [{ name: "Guest", email: "" }, { name: "Guest" }],
    [{ id: 12 }, { id: 12 }],
    [
      { id: 0, isNew: false },
      { id: 0, isNew: false },
    ],
    [{ name: "Ada " }, { name: "Ada " }],
    [{ email: "a..b@docomo.ne.jp" }, { email: "a..b@docomo.ne.jp" }],
    [
      { address: { city: "Köln", lines: ["a", ""] } },
      { address: { city: "Köln", lines: ["a", ""] } },
    ],
    [{ name: "\0\u001b[31m\ud800" }, { name: "\0\u001b[31m\ud800" }],
    ["Ada", { value: "Ada" }],
    [[1], { value: [1] }],
    [12, { value: 12 }],
  ])("%j is kept as %j", (customer, kept) => {
    expect(stored(customer)).toEqual(kept);
  });

  test("keeps a field of any name, also one with a meaning for JavaScript's objects", () => {
    const json = customerSchema.parse(JSON.parse('{"__proto__":{"admin":true},"name":"Ada"}'));
    expect(json).toBe('{"__proto__":{"admin":true},"name":"Ada"}');
  });

  test("is never a reason to refuse a sale, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (customer) => {
        expect(customerSchema.safeParse(customer).success).toBe(
          JSON.stringify(customer).length <= customerLimits.characters,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("is refused only beyond its size, with what is expected", () => {
    const most = { name: "a".repeat(customerLimits.characters - '{"name":""}'.length) };
    expect(stored(most)).toEqual(most);
    const more = customerSchema.safeParse({ name: `${most.name}a` });
    expect(more.error?.issues[0]?.message).toBe(
      "expected at most 10,000 characters of JSON about the customer, and at most 20 levels",
    );
    const deep = (levels: number): unknown => JSON.parse("[".repeat(levels) + "]".repeat(levels));
    expect(customerSchema.safeParse({ tree: deep(19) }).success).toBe(true);
    expect(customerSchema.safeParse({ tree: deep(20) }).success).toBe(false);
    expect(customerSchema.safeParse({ tree: deep(400_000) }).success).toBe(false);
  });
});
