// What became of a template's text is told by its lines.

import { expect, it } from "vitest";
import { compareBodies } from "../../../../src/admin/settings/mail-templates/compare-bodies.ts";

it("tells which lines are gone and which are new", () => {
  const before = "# Low\n\n{{ product.name }}\nBye\nBye";
  const after = "# Low\n\n{{ product.name }} runs low\nBye";
  expect(compareBodies(before, after)).toBe(
    "gone “{{ product.name }}”; gone “Bye”; new “{{ product.name }} runs low”",
  );
});

it("keeps to a few short lines", () => {
  const long = Array.from({ length: 9 }, (_none, place) => `${place} ${"x".repeat(200)}`);
  const told = compareBodies("", long.join("\n")) ?? "";
  expect(told).toMatch(/; and 3 more$/);
  expect(told.length).toBeLessThan(700);
});

it("has nothing to compare with the built-in design", () => {
  expect(compareBodies(null, "text")).toBeUndefined();
});
