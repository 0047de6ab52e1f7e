import { describe, expect, it } from "vitest";
import { testWords } from "../../../src/admin/webhooks/webhook-words.ts";

const taken = { outcome: "delivered", status: 200, error: null, tookMs: 12, answer: "" } as const;
const failed = { ...taken, outcome: "failed", status: 500, error: "It did not answer." } as const;

describe("the outcome of a test", () => {
  it.each([
    ["taken", taken, "It took 12 ms."],
    ["taken, with words", { ...taken, answer: "OK" }, "It took 12 ms. The other program said: OK"],
    ["failed", failed, "Failed: the other program has a fault (500)"],
    [
      "failed by an old address",
      { ...failed, status: 301 },
      "Failed: this address leads to another one (301). Give that address",
    ],
    [
      "failed by a wrong address",
      { ...failed, status: 404 },
      "Failed: nothing is at this address (404)",
    ],
    [
      "failed by an address that is gone",
      { ...failed, status: 410 },
      "Failed: the address is gone for good (410)",
    ],
    [
      "failed because it was refused",
      { ...failed, status: 401 },
      "Failed: the other program doesn't accept it (401)",
    ],
    [
      "failed for a rush",
      { ...failed, status: 429 },
      "Failed: the other program is too busy now (429)",
    ],
    [
      "failed, with words",
      { ...failed, answer: "No such shop" },
      "Failed: the other program has a fault (500). The other program said: No such shop",
    ],
    ["failed without an answer", { ...failed, status: null }, "Failed: It did not answer."],
    ["failed without a word", { ...failed, status: null, error: null }, "Failed: no answer"],
  ] as const)("that was %s is said in whole sentences", (_what, attempt, words) => {
    expect(testWords(attempt)).toBe(words);
  });
});
