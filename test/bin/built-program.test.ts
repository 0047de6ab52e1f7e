// What the build makes of the program's modules: few files, which still have what others look for in them.

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import * as z from "zod";
import { dist } from "../support/built.ts";

const folder = fileURLToPath(dist);
const files = new Map(
  globSync("{main,cli/*,parts/*}.js", { cwd: folder }).map((path) => [
    path,
    readFileSync(join(folder, path), "utf8"),
  ]),
);

/** What the file loads before it runs itself. */
const importsOf = (path: string): string[] =>
  [...(files.get(path) ?? "").matchAll(/^(?:import|export) (?:[^"]* from )?"([^"]+)";$/gm)].map(
    ([, from = ""]) => (from.startsWith(".") ? join(dirname(path), from) : from),
  );
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const bundled = new Set(
  [...readFileSync(join(folder, "licences.md"), "utf8").matchAll(/^## (\S+) - /gm)].map(
    ([, name = ""]) => name,
  ),
);
const imported = new Set(
  [...files.keys()]
    .flatMap(importsOf)
    .filter((from) => !files.has(from) && !from.startsWith("node:"))
    .map(packageOf),
);

it("a start reads fewer than a hundred files of the program", () => {
  const read = new Set<string>();
  const visit = (path: string): void => {
    if (read.has(path) || !files.has(path)) return;
    read.add(path);
    importsOf(path).forEach(visit);
  };
  for (const path of ["main.js", "parts/start.js", "parts/api-role.js"]) visit(path);
  expect(read.size).toBeGreaterThan(10);
  expect(read.size).toBeLessThan(100);
});

it("no file needs one that needs it, so each value is there before it is used", () => {
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    expect(above).not.toContain(path);
    if (done.has(path) || !files.has(path)) return;
    for (const needed of importsOf(path)) visit(needed, [...above, path]);
    done.add(path);
  };
  for (const path of files.keys()) visit(path, []);
});

it("keeps every kill point of the sources, behind the call that it follows there", () => {
  const points = (texts: readonly string[]): string[] =>
    texts
      .flatMap((text) =>
        [...text.matchAll(/^\s*\/\/!? kill point: ([\w-]+)$/gm)].map(({ 1: name, index }) => {
          const calls = [...text.slice(0, index).matchAll(/\b(\w+)\(/g)];
          return `${name ?? ""} after ${calls.at(-1)?.[1] ?? "nothing"}`;
        }),
      )
      .toSorted();
  const sources = globSync("src/**/*.ts").map((path) => readFileSync(path, "utf8"));
  expect(points(sources)).toContain("link-opened after openMailedLink");
  expect(points([...files.values()])).toEqual(points(sources));
});

it("has the template thread beside the file that starts it", () => {
  const starters = [...files].filter(([, text]) => text.includes('"./template-thread-body.js"'));
  expect(starters).toHaveLength(1);
  for (const [path] of starters) {
    expect(existsSync(resolve(folder, dirname(path), "template-thread-body.js"))).toBe(true);
  }
});

const names = z.record(z.string(), z.unknown()).default({});
const entry = z.object({ dependencies: names, peerDependencies: names });

it("imports what package.json names, and nothing that needs another copy of a bundled package", () => {
  const { dependencies } = entry.parse(JSON.parse(readFileSync("package.json", "utf8")));
  expect(bundled).toContain("@mikro-orm/core");
  expect(imported).toContain("bullmq");
  expect([...imported].filter((name) => !(name in dependencies))).toEqual([]);
  const lock = z
    .object({ packages: z.record(z.string(), entry) })
    .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
  const needed = new Set<string>();
  const visit = (name: string, by: string): void => {
    const own = `${by}/node_modules/${name}`;
    const path = own in lock.packages ? own : `node_modules/${name}`;
    if (needed.has(path)) return;
    needed.add(path);
    const { dependencies: its = {}, peerDependencies: peers = {} } = lock.packages[path] ?? {};
    for (const other of Object.keys({ ...its, ...peers })) visit(other, path);
  };
  for (const name of imported) visit(name, "");
  expect([...bundled].filter((name) => needed.has(`node_modules/${name}`))).toEqual([]);
});
