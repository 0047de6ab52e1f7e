// What one document says about another, or about the code, can be found.

import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import {
  absolute,
  codeIn,
  filesOf,
  headingsOf,
  markdownFiles,
  pickTokens,
  readText,
} from "./markdown.ts";

/** The anchors of a document's headings, as code hosts make them: one that is taken gets a number. */
function anchorsOf(path: string): Set<string> {
  const used = new Map<string, number>();
  const anchors = headingsOf(path).map((heading) => {
    const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
    const anchor = words.trim().replaceAll(/\s/g, "-");
    const before = used.get(anchor) ?? 0;
    used.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
  return new Set(anchors);
}

/** Where a document's links and pictures lead that stay in the repository. */
function targetsOf(path: string): string[] {
  const hrefs = pickTokens(readText(path), (token) =>
    token.type === "link" || token.type === "image" ? String(token["href"]) : undefined,
  );
  return hrefs.filter((href) => !/^[a-z][a-z+.-]*:/i.test(href));
}

function isBroken(from: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? from : normalize(join(dirname(from), decodeURIComponent(file)));
  if (path.startsWith("..") || !existsSync(absolute(path))) return true;
  return anchor !== undefined && !anchorsOf(path).has(anchor);
}

describe.each(markdownFiles())("%s", (path) => {
  it("has no link that leads nowhere", () => {
    expect(targetsOf(path).filter((target) => isBroken(path, target))).toEqual([]);
  });

  it("names no file of the repository that is not there", () => {
    const named = codeIn(readText(path)).filter((code) =>
      /^(src|client|test|bench|docs|bin|tools|samples|\.ci|\.devcontainer)\/[\w./-]*$/.test(code),
    );
    expect(named.filter((code) => !existsSync(absolute(code)))).toEqual([]);
  });
});

it("a comment or text in the code names no document that is not there", () => {
  const named = filesOf([
    "{src,client,test,bench,bin,tools}/**/*.{ts,tsx}",
    "*.{json,yml,ts}",
    "Dockerfile",
    ".ci/*",
  ]).flatMap((path) =>
    [...readText(path).matchAll(/\bdocs\/[\w/-]+\.(?:md|svg)\b/g)].map(([document]) => ({
      path,
      document,
    })),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter(({ document }) => !existsSync(absolute(document)))).toEqual([]);
});

it("every document can be reached from the README", () => {
  const reached = new Set<string>(["README.md"]);
  for (const path of reached) {
    for (const target of targetsOf(path)) {
      const [file = ""] = target.split("#");
      const next = normalize(join(dirname(path), file));
      if (file.endsWith(".md") && existsSync(absolute(next))) reached.add(next);
    }
  }
  const alone = markdownFiles().filter((path) => !reached.has(path));
  expect(alone).toEqual([]);
});
