// Who did something, in words.

import { expect, it } from "vitest";
import { actorWords } from "../../../src/admin/words/actors.ts";

it.each([
  ["user:ada@example.com", "ada@example.com"],
  ["key:checkout: night", "API key checkout: night"],
  ["tallyman", "Tallyman"],
  ["bootstrap", "Tallyman"],
  [null, "Tallyman"],
  ["something-else", "something-else"],
])("%s is %s", (actor, words) => {
  expect(actorWords(actor)).toBe(words);
});
