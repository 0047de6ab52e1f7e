// Each guarantee names the tests that show it.

import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { absolute, codeIn, tableBelow } from "./markdown.ts";

it.each(["What is promised", "How soon it recovers"])(
  "each row below %j names tests that exist",
  (heading) => {
    const rows = tableBelow("docs/guarantees.md", heading);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) {
      const tests = codeIn(row.at(-1) ?? "").filter((code) => code.startsWith("test/"));
      const missing = tests.filter((path) => !existsSync(absolute(path)));
      expect([row[0], missing]).toEqual([row[0], []]);
      expect([row[0], tests.length > 0 || /every test/.test(row.at(-1) ?? "")]).toEqual([
        row[0],
        true,
      ]);
    }
  },
);
