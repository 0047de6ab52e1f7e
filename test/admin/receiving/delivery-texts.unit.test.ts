import { expect, it } from "vitest";
import { delivery } from "../../../src/admin/words/en/receiving/delivery.ts";

it.each([
  [1, "The unit that is still on the way is then no longer expected."],
  [12, "The 12 units that are still on the way are then no longer expected."],
])("closing a delivery with %i on the way says what becomes of them", (units, words) => {
  expect(delivery.close.someAwaited(units)).toBe(words);
});
