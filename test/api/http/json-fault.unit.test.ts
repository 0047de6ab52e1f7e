import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeJsonFault, jsonFaultAt } from "../../../src/api/http/json-fault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a text of JSON is made of, and two characters that it can't have. */
const pieces = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  " ",
  "0",
  "e",
  "-",
  ".",
  "t",
  "x",
  "\n",
  "\u0001",
];

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a":}', 5],
    ['{"a":1,}', 7],
    ["[1,2", 4],
    ['{"reference" "x"}', 13],
    ['{"a":"b\nc"}', 7],
    ['{"a":"\\x"}', 6],
    ["[01]", 2],
    ["[1] x", 4],
    ["", 0],
    ["{'a': 1}", 1],
    ["[tru]", 1],
  ])("%j goes wrong at %i", (text, at) => {
    expect(jsonFaultAt(text)).toBe(at);
  });

  it("is nowhere exactly where JSON.parse finds nothing wrong", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.nat(2), fc.constantFrom(...pieces))
      .map(([text, place, cut, put]) => {
        const at = place % (text.length + 1);
        return `${text.slice(0, at)}${put}${text.slice(at + cut)}`;
      });
    fc.assert(
      fc.property(fc.oneof(fc.json(), damaged), (text) => {
        expect(jsonFaultAt(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("reads a body of a megabyte that is one string, or only opens lists", () => {
    expect(jsonFaultAt(`{"note":"${"x".repeat(1_000_000)}`)).toBe(1_000_009);
    expect(jsonFaultAt("[".repeat(1_000_000))).toBe(1_000_000);
  });

  it("is told with its line and column, and the character", () => {
    expect(describeJsonFault('{\n  "a": oops\n}')).toBe(
      'Expected a body that is valid JSON; this one goes wrong at position 9 (line 2, column 8), with "o".',
    );
    expect(describeJsonFault('{"a": [1, 2')).toBe(
      "Expected a body that is valid JSON; this one ends too early, at line 1, column 12.",
    );
    expect(describeJsonFault('"text"')).toContain("Expected a JSON object or a list");
  });
});
