import { describe, expect, it } from "vitest";
import { isAllowed, readLockedPackages } from "../../../tools/supply/locked-packages.ts";

const lock = (packages: Record<string, object>): string => JSON.stringify({ packages });
const usesOf = (packages: Record<string, object>, imports: string[]): [string, string][] =>
  readLockedPackages(lock(packages), imports).map(({ path, use }) => [path, use]);

describe("the packages of a lock file", () => {
  it("are all but the root and links, each with its name, also when it is below another", () => {
    const found = readLockedPackages(
      lock({
        "": { version: "1.0.0" },
        "node_modules/linked": { link: true },
        "node_modules/@a/b/node_modules/c": {
          version: "2.0.0",
          license: "MIT",
          integrity: "sha512-x",
        },
      }),
      [],
    );
    expect(found).toEqual([
      {
        path: "node_modules/@a/b/node_modules/c",
        name: "c",
        version: "2.0.0",
        licence: "MIT",
        integrity: "sha512-x",
        resolved: undefined,
        hasInstallScript: false,
        use: "service",
      },
    ]);
  });

  it("are part of the admin app if it imports them, or one that depends on them, by the nearest folder", () => {
    expect(
      usesOf(
        {
          "node_modules/@a/ui": { dev: true, dependencies: { words: "1", shared: "1" } },
          "node_modules/@a/ui/node_modules/words": { dev: true, dependencies: { deep: "1" } },
          "node_modules/words": { dev: true },
          "node_modules/deep": { dev: true, peerDependencies: { "@a/ui": "1" } },
          "node_modules/shared": {},
          "node_modules/linter": { dev: true, dependencies: { deep: "1" } },
        },
        ["@a/ui/styles.css", "node:path"],
      ),
    ).toEqual([
      ["node_modules/@a/ui", "admin"],
      ["node_modules/@a/ui/node_modules/words", "admin"],
      ["node_modules/words", "tools"],
      ["node_modules/deep", "admin"],
      ["node_modules/shared", "service"],
      ["node_modules/linter", "tools"],
    ]);
  });

  it("can't be read from something else", () => {
    expect(() => readLockedPackages("{}", [])).toThrow(/packages/);
  });
});

it.each([
  ["MIT", true],
  ["GPL-3.0-only", false],
  ["", false],
  ["(MIT OR GPL-3.0-only)", true],
  ["GPL-3.0-only OR AGPL-3.0-only", false],
  ["MIT AND ISC", true],
  ["(MIT AND GPL-3.0-only)", false],
  ["GPL-3.0-only OR MIT AND ISC", true],
  ["(MIT AND (ISC OR MIT))", false],
  ["SEE LICENSE IN LICENSE.md", false],
])("of the licence %j is said %j if MIT and ISC are allowed", (licence, allowed) => {
  expect(isAllowed(licence, new Set(["MIT", "ISC"]))).toBe(allowed);
});
