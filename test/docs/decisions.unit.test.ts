// The decision records: each is in the index, and each answers the same questions.

import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf, headingsOf, tableBelow } from "./markdown.ts";

const index = "docs/decisions/README.md";
const pages = filesOf(["docs/decisions/*.md"]).filter((path) => path !== index);

it("the index links each page once, under the page's own title", () => {
  const links = tableBelow(index, "Decisions").map(([link = ""]) => link);
  const expected = pages.map((path) => `[${headingsOf(path)[0]}](${basename(path)})`);
  expect(links.toSorted()).toEqual(expected.toSorted());
});

describe.each(pages)("%s", (path) => {
  it("says why, what it costs, what shows it, and when to think again", () => {
    expect(headingsOf(path).slice(1)).toEqual([
      "Context",
      "Decision",
      "What it costs",
      "What shows it",
      "When to think again",
    ]);
  });
});
