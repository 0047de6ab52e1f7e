import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preferredWaitMs } from "../../../src/api/http/prefer.ts";
import { Problem } from "../../../src/api/http/problem.ts";

/** The wait that a header asks for, or the kind of its problem. */
function waitOrKind(header: string): unknown {
  try {
    return preferredWaitMs(header);
  } catch (error) {
    if (error instanceof Problem) return error.kind;
    throw error;
  }
}

describe("the Prefer header", () => {
  it.each([
    [undefined, 0],
    ["", 0],
    ["wait=5", 5],
    ["wait=0", 0],
    ['wait="7"', 7],
    ["WAIT = 5", 5],
    ["wait=5;foo=bar; baz", 5],
    ["respond-async, wait=10", 10],
    ["wait=10,respond-async", 10],
    ["wait=3, wait=9", 3],
    ["wait=86400", 30],
    ["return=minimal", 0],
    ['foo="a, wait=9", wait=2', 2],
    [String.raw`foo="a\", wait=9"`, 0],
    ["respond-async; wait=10", 0],
    [", ,wait=4,", 4],
    ["foo=", 0],
  ])("%j waits %j s", (header, seconds) => {
    expect(preferredWaitMs(header)).toBe(seconds * 1_000);
  });

  it.each([
    "wait",
    "wait=",
    "wait=abc",
    "wait=-1",
    "wait=1.5",
    "wait=5 s",
    'wait="5',
    "wait=5 wait=6",
    "=5",
    "wait=1234567890",
    "a".repeat(1_001),
  ])("%j can't be read", (header) => {
    expect(() => preferredWaitMs(header)).toThrow(
      expect.objectContaining({ kind: "invalid-request" }),
    );
  });

  it("of any text is a wait of 0 to 30 s or a problem, in a time that its length bounds", () => {
    const some = fc.constantFrom("wait", "=", ";", ",", '"', "\\", " ", "a", "5", "-");
    fc.assert(
      fc.property(fc.string({ unit: some, maxLength: 200 }), (header) => {
        expect(waitOrKind(header)).toBeOneOf([
          "invalid-request",
          ...Array.from({ length: 31 }, (_, seconds) => seconds * 1_000),
        ]);
      }),
      { numRuns: 2_000 },
    );
  });
});
