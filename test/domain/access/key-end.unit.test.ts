import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPossibleEnd, keyStateOf } from "../../../src/domain/access/key-end.ts";

const at = (seconds: number) => new Date(seconds * 1_000);

describe("the state of an API key", () => {
  it.each([
    ["without an end", null, null, "active"],
    ["before its end", 11, null, "active"],
    ["at its end", 10, null, "expired"],
    ["after its end", 9, null, "expired"],
    ["revoked", null, 5, "revoked"],
    ["revoked before its end came", 9, 5, "revoked"],
    ["revoked before an end to come", 11, 5, "revoked"],
    ["whose name was given to another after its end", 9, 9, "expired"],
  ] as const)("%s", (_name, end, revoked, state) => {
    const times = {
      expiresAt: end === null ? null : at(end),
      revokedAt: revoked === null ? null : at(revoked),
    };
    expect(keyStateOf(times, at(10))).toBe(state);
  });

  const moment = fc.integer({ min: 0, max: 20 }).map(at);
  const maybe = fc.option(moment);

  it("stays what it is once the key does not work", () => {
    fc.assert(
      fc.property(maybe, maybe, moment, moment, (expiresAt, revokedAt, one, other) => {
        const [now, later] = one <= other ? [one, other] : [other, one];
        const state = keyStateOf({ expiresAt, revokedAt }, now);
        const next = keyStateOf({ expiresAt, revokedAt }, later);
        expect(state === "active" ? [] : [next]).toEqual(state === "active" ? [] : [state]);
      }),
    );
  });

  it("is active at first if its end was possible, and expired from its end on", () => {
    fc.assert(
      fc.property(moment, moment, moment, (expiresAt, madeAt, now) => {
        const times = { expiresAt, revokedAt: null };
        expect(keyStateOf(times, madeAt) === "active").toBe(isPossibleEnd(expiresAt, madeAt));
        expect(keyStateOf(times, now)).toBe(now < expiresAt ? "active" : "expired");
      }),
    );
  });
});
