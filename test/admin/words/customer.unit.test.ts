import { expect, test } from "vitest";
import { customerWords } from "../../../src/admin/words/customer.ts";

test.each<[unknown, string]>([
  ["Ada", "Ada"],
  [12, "12"],
  [false, "false"],
  [{ city: "Köln", lines: ["Dom 1", null] }, "city: Köln, lines: Dom 1, "],
  ["A\0B\nC", "A[U+0000]B[U+000A]C"],
  ["\u202egnp.exe", "[U+202E]gnp.exe"],
  ["\ud800", "[U+D800]"],
  ["نام‌خانوادگی", "نام‌خانوادگی"],
])("%j is read as %j", (value, words) => {
  expect(customerWords(value)).toBe(words);
});
