// The table of Node's flags in their decision record, against the flags that the program starts with.

import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { absolute, readText, tableBelow } from "./markdown.ts";

/** Where the flags stand: in the launcher, or in `npm start`. */
const launcher = "bin/tuned-node";

it("has each flag once", () => {
  const text = existsSync(absolute(launcher))
    ? readText(launcher).replaceAll(/^(?!flags=).*$/gm, "")
    : (/"start": "(.*)"/.exec(readText("package.json"))?.[1] ?? "");
  const flags = text.match(/--[a-z0-9-]+(=\d+)?/g) ?? [];
  const explained = tableBelow("docs/decisions/v8-flags.md", "Decision").map(([flag = ""]) =>
    flag.replaceAll("`", ""),
  );
  expect(explained.toSorted()).toEqual(flags.toSorted());
});
