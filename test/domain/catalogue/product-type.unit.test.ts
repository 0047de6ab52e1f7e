import { expect, test } from "vitest";
import { isTracked } from "../../../src/domain/catalogue/product-type.ts";

test.each([
  [{ hasInventory: true }, true, true],
  [{ hasInventory: true }, false, false],
  [{ hasInventory: false }, true, false],
  [{ hasInventory: false }, false, false],
  [undefined, true, false],
])("of the type %o, a product with trackInventory %s is tracked: %s", (type, wants, expected) => {
  expect(isTracked(type, { trackInventory: wants })).toBe(expected);
});
