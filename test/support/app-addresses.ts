// The addresses of the admin app as its routes declare them, so that tests over all pages can tell which page
// they have forgotten.

import { readFileSync } from "node:fs";
import { matchPath } from "react-router";

const declaredIn = ["routes.tsx", "settings/settings-routes.tsx"] as const;

/** Every address below `/admin` that has a page, as a pattern such as `/products/:sku`. */
export const appAddresses: readonly string[] = declaredIn.flatMap((name) => {
  const source = readFileSync(new URL(`../../src/admin/${name}`, import.meta.url), "utf8");
  return [...source.matchAll(/\bpageRoute\(\s*"([a-z][^"]*)"/g)].map(([, path = ""]) => `/${path}`);
});

/** Those of the patterns that none of the paths leads to. */
export function unvisited(patterns: readonly string[], paths: readonly string[]): string[] {
  const pathnames = paths.map((path) => new URL(path, "http://localhost").pathname);
  return patterns.filter((pattern) => !pathnames.some((path) => matchPath(pattern, path)));
}
