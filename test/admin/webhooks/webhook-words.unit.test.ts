import { describe, expect, it } from "vitest";
import { testWords } from "../../../src/admin/webhooks/webhook-words.ts";

const taken = { outcome: "delivered", status: 200, error: null, tookMs: 12, answer: "" } as const;
const failed = { ...taken, outcome: "failed", status: 500 } as const;

describe("the outcome of a test", () => {
  it.each([
    ["taken", taken, "It took 12 ms."],
    ["taken, with words", { ...taken, answer: "OK" }, "It took 12 ms. The other program said: OK"],
    ["failed", failed, "Failed: it answered 500"],
    [
      "failed, with words",
      { ...failed, answer: "No such shop" },
      "Failed: it answered 500. The other program said: No such shop",
    ],
    ["failed without an answer", { ...failed, status: null }, "Failed: no answer"],
  ] as const)("that was %s is said in whole sentences", (_what, attempt, words) => {
    expect(testWords(attempt)).toBe(words);
  });
});
