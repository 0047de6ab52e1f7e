import { describe, expect, it } from "vitest";
import type { Actor } from "../../../src/api/auth/actor.ts";
import { createVerifiedKeys, type VerifiedKey } from "../../../src/api/auth/verified-keys.ts";

const actor: Actor = { kind: "key", id: "1", label: "key:checkout", permissions: new Set() };

/** A look-up that counts how often the database is asked. */
function countingLook(found: VerifiedKey | null = { actor, endsInMs: null }) {
  const look = Object.assign(
    () => {
      look.count += 1;
      return Promise.resolve(found);
    },
    { count: 0 },
  );
  return look;
}

describe("the memory of verified keys", () => {
  it("asks the database once for a key", async () => {
    const keys = createVerifiedKeys({ isListening: () => true });
    const look = countingLook();
    expect(await keys.get("a", look)).toBe(actor);
    expect(await keys.get("a", look)).toBe(actor);
    expect(look.count).toBe(1);
  });

  it("asks again once anything has changed", async () => {
    const keys = createVerifiedKeys({ isListening: () => true });
    const look = countingLook();
    await keys.get("a", look);
    keys.forgetAll();
    await keys.get("a", look);
    expect(look.count).toBe(2);
  });

  it("remembers nothing while changes can't be heard", async () => {
    let listening = true;
    const keys = createVerifiedKeys({ isListening: () => listening });
    const look = countingLook();
    await keys.get("a", look);
    listening = false;
    await keys.get("a", look);
    await keys.get("a", look);
    expect(look.count).toBe(3);
  });

  it("does not keep an answer that a change overtook", async () => {
    const keys = createVerifiedKeys({ isListening: () => true });
    const answer = Promise.withResolvers<VerifiedKey | null>();
    const early = keys.get("a", () => answer.promise);
    keys.forgetAll();
    answer.resolve({ actor, endsInMs: null });
    expect(await early).toBe(actor);
    const look = countingLook(null);
    expect(await keys.get("a", look)).toBeNull();
    expect(look.count).toBe(1);
  });

  it("keeps nothing for longer than a minute, whatever it heard", async () => {
    let now = 0;
    const keys = createVerifiedKeys({ isListening: () => true, now: () => now });
    const look = countingLook();
    await keys.get("a", look);
    now = 59_999;
    await keys.get("a", look);
    expect(look.count).toBe(1);
    now = 60_001;
    await keys.get("a", look);
    expect(look.count).toBe(2);
  });

  it("keeps no key beyond its end, counted from the moment of the question", async () => {
    let now = 0;
    const keys = createVerifiedKeys({ isListening: () => true, now: () => now });
    const answer = Promise.withResolvers<VerifiedKey | null>();
    const first = keys.get("a", () => answer.promise);
    now = 500;
    answer.resolve({ actor, endsInMs: 2_000 });
    expect(await first).toBe(actor);
    const look = countingLook(null);
    now = 1_999;
    expect(await keys.get("a", look)).toBe(actor);
    now = 2_000;
    expect(await keys.get("a", look)).toBeNull();
    expect(look.count).toBe(1);
  });

  it("keeps a key with a later end no longer than any other", async () => {
    let now = 0;
    const keys = createVerifiedKeys({ isListening: () => true, now: () => now });
    const look = countingLook({ actor, endsInMs: 3_600_000 });
    await keys.get("a", look);
    now = 60_001;
    await keys.get("a", look);
    expect(look.count).toBe(2);
  });

  it("remembers neither unknown keys nor failures", async () => {
    const keys = createVerifiedKeys({ isListening: () => true });
    const unknown = countingLook(null);
    await keys.get("a", unknown);
    await keys.get("a", unknown);
    expect(unknown.count).toBe(2);
    await expect(keys.get("b", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    expect(await keys.get("b", countingLook())).toBe(actor);
  });

  it("holds no more keys than it may, and lets the oldest go", async () => {
    const keys = createVerifiedKeys({ isListening: () => true, entriesMax: 2 });
    for (const digest of ["a", "b", "c"]) await keys.get(digest, countingLook());
    const [oldest, newest] = [countingLook(), countingLook()];
    await keys.get("c", newest);
    await keys.get("a", oldest);
    expect([oldest.count, newest.count]).toEqual([1, 0]);
  });
});
