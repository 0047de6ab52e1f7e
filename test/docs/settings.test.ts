// The README's table of settings, against the settings that are read.

import { expect, it } from "vitest";
import { environmentSchema, readConfig } from "../../src/config.ts";
import { tableBelow } from "./markdown.ts";

it("the README has each setting once, in the code's order, with the default that holds", () => {
  const rows = tableBelow("README.md", "Settings").map(([name, value]) => [name, value]);
  const defaults = new Map(Object.entries(readConfig({})));
  const expected = Object.keys(environmentSchema.shape).map((name) => {
    const value = defaults.get(name);
    const hasDefault = typeof value === "string" || typeof value === "number";
    return [`\`${name}\``, hasDefault ? `\`${value}\`` : ""];
  });
  expect(rows).toEqual(expected);
});
