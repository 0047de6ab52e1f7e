// The recipes: each is in the index, and was tried.

import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { filesOf, pickTokens, readText } from "./markdown.ts";

const index = "docs/recipes/README.md";
const pages = filesOf(["docs/recipes/*.md"]).filter((path) => path !== index);

it("the index links each recipe once", () => {
  const links = pickTokens(readText(index), (token) =>
    token.type === "link" ? String(token["href"]) : undefined,
  );
  expect(links.toSorted()).toEqual(pages.map((path) => basename(path)).toSorted());
});

describe.each(pages)("%s", (path) => {
  it("says with what it was tried", () => {
    expect(readText(path)).toMatch(/^This was tried with /m);
  });
});
