// The commands that the docs tell a reader to type.

import { expect, it } from "vitest";
import * as z from "zod";
import { markdownFiles, pickTokens, readText } from "./markdown.ts";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readText("package.json")));

it("no document names a script that package.json does not have", () => {
  const typed = markdownFiles()
    .flatMap((path) =>
      pickTokens(readText(path), (token) =>
        token.type === "codespan" || token.type === "code" ? String(token["text"]) : undefined,
      ),
    )
    .flatMap((code) =>
      [...code.matchAll(/npm run (?:--\S+ )*([\w:]+)/g)].map(([, name = ""]) => name),
    );
  expect(typed.length).toBeGreaterThan(0);
  expect([...new Set(typed)].filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
