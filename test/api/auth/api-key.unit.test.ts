import { describe, expect, it } from "vitest";
import { createApiKey, hashApiKey, prefixOfApiKey } from "../../../src/api/auth/api-key.ts";

describe("an API key", () => {
  it("has a prefix to be found by and 192 random bits, of which a hash is stored", () => {
    const { key, prefix, secretHash } = createApiKey();
    expect(key).toMatch(/^tm_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{32}$/);
    expect(prefixOfApiKey(key)).toBe(prefix);
    expect(secretHash).toEqual(hashApiKey(key));
    expect(secretHash).toHaveLength(32);
  });

  it("is never made twice", () => {
    const keys = new Set(Array.from({ length: 1_000 }, () => createApiKey().key));
    expect(keys.size).toBe(1_000);
  });

  it.each([
    "",
    "tm_",
    "tm_short_secret",
    `tm_12345678_${"x".repeat(31)}`,
    `TM_12345678_${"x".repeat(32)}`,
  ])("is not %j", (text) => {
    expect(prefixOfApiKey(text)).toBeNull();
  });

  // A pattern whose time grows with the square of the length would need minutes here, and the test's limit would end it.
  it("that is hostile and long is refused without delay", () => {
    expect(prefixOfApiKey(`tm_12345678_${"x".repeat(2_000_000)}!`)).toBeNull();
  });
});
