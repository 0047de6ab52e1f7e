import { expect, it } from "vitest";
import { incomingWords } from "../../../src/admin/receiving/receiving-queries.ts";

const nextAt = "2099-12-03T12:00:00.000Z";

it.each([
  [null, null],
  [undefined, null],
  [{ units: 60, nextAt }, /^60 on the way, expected on .*2099/],
  [{ units: 1, nextAt: "2001-12-03T12:00:00.000Z" }, /^1 on the way, late, expected on .*2001/],
] as const)("what is on its way is said in words: %j", (incoming, words) => {
  const said = incomingWords(incoming);
  if (words === null) expect(said).toBeNull();
  else expect(said).toMatch(words);
});
