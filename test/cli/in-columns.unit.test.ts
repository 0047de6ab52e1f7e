import { expect, test } from "vitest";
import { inColumns, section } from "../../src/cli/in-columns.ts";

test("numbers stand to the right with their thousands parted, words to the left", () => {
  expect(
    inColumns([
      ["confirmed", 12_345, "all of them"],
      ["rejected", 7, ""],
    ]),
  ).toEqual(["confirmed  12,345  all of them", "rejected        7"]);
});

test("text of a file can neither break a line nor steer the terminal", () => {
  expect(inColumns([["two\r\nlines", "\u001B[31mred"]])).toEqual(["two lines   [31mred"]);
});

test("long text is cut", () => {
  expect(inColumns([["x".repeat(100)]], 10)).toEqual([`${"x".repeat(9)}…`]);
});

test("a section without lines is not shown", () => {
  expect(section("Nothing", [])).toEqual([]);
  expect(section("Some", ["a"])).toEqual(["Some", "  a", ""]);
});
