// The table of attacks names tests that are there.

import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { absolute, codeIn, tableBelow } from "./markdown.ts";

const page = "docs/attacks.md";

/** What no test can hold: there are no webhooks yet. */
const untested = /webhook/;

it.each([
  ["Nobody gets in", 25],
  ["Weaknesses that it once had", 30],
])("each row below %j names a test that exists", (heading, atLeast) => {
  const rows = tableBelow(page, heading);
  expect(rows.length).toBeGreaterThanOrEqual(atLeast);
  for (const row of rows) {
    const tests = codeIn(row.at(-1) ?? "");
    const wrong = tests.filter(
      (path) => !/\.(test|e2e)\.ts$/.test(path) || !existsSync(absolute(path)),
    );
    expect([row[0], wrong]).toEqual([row[0], []]);
    expect([row[0], tests.length > 0]).toEqual([row[0], !untested.test(row.join(" "))]);
  }
});
