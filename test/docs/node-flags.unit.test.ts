// The table of Node's flags in their decision record, against the flags that the launcher has.

import { expect, it } from "vitest";
import { readText, tableBelow } from "./markdown.ts";

it("has each flag once", () => {
  const lines = readText("bin/tuned-node").split("\n");
  const flags = lines
    .filter((line) => line.startsWith("flags="))
    .flatMap((line) => line.match(/--[a-z0-9-]+(=\d+)?/g) ?? []);
  const explained = tableBelow("docs/decisions/v8-flags.md", "Decision").map(([flag = ""]) =>
    flag.replaceAll("`", ""),
  );
  expect(explained.toSorted()).toEqual(flags.toSorted());
});
