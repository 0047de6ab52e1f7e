// Reads the TypeScript files of the tree.

import { readFileSync, globSync } from "node:fs";
import { sep } from "node:path";
import type { SourceFile } from "./import-rules.ts";

/** Reads every TypeScript file of `src`, `client`, `test`, `bench`, `tools` and `bin` below the folder. */
export function readSourceFiles(root: string): SourceFile[] {
  const found = globSync("{src,client,test,bench,tools,bin}/**/*.{ts,tsx}", { cwd: root });
  return found.toSorted().map((path) => ({
    path: path.replaceAll(sep, "/"),
    text: readFileSync(`${root}/${path}`, "utf8"),
  }));
}
