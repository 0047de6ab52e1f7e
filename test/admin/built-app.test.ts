// The admin app as it was built: complete in its styles, small enough, and with nothing of the server in it.

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { dist } from "../support/built.ts";

const built = new URL("admin/", dist);
const assets = new URL("assets/", built);
const page = readFileSync(new URL("index.html", built), "utf8");
const names = readdirSync(assets);
const read = (name: string): string => readFileSync(new URL(name, assets), "utf8");
const scripts = names.filter((name) => name.endsWith(".js"));

/** The files that a page needs before it can be drawn: those that it names, and what they import at once. */
function filesOf(entries: readonly string[]): Set<string> {
  const files = new Set<string>();
  const open = [...entries];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (files.has(name)) continue;
    files.add(name);
    if (!name.endsWith(".js")) continue;
    for (const [, imported = ""] of read(name).matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) {
      open.push(imported);
    }
  }
  return files;
}

const named = [...page.matchAll(/\/admin\/assets\/([\w.-]+)/g)].map(([, name = ""]) => name);
const gzippedBytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, name) => sum + gzipSync(read(name)).length, 0);

describe("the built admin app", () => {
  it("has the style of every Mantine component that its scripts use", () => {
    const all = readFileSync(
      createRequire(import.meta.url).resolve("@mantine/core/styles.css"),
      "utf8",
    );
    const styles = names
      .filter((name) => name.endsWith(".css"))
      .map(read)
      .join("");
    const used = new Set(scripts.flatMap((name) => read(name).match(/\bm_[0-9a-f]{6,8}\b/g) ?? []));
    expect(used.size).toBeGreaterThan(50);
    const missing = [...used].filter(
      (name) => all.includes(`.${name}`) && !styles.includes(`.${name}`),
    );
    // Each is a class of a component whose style src/admin/mantine-styles.ts doesn't import.
    expect(missing).toEqual([]);
  });

  it("loads less than 300 kB, gzipped, before any page is drawn, charts and editor not among it", () => {
    // The list of products is where most people's day begins.
    const withProducts = filesOf([
      ...named,
      ...scripts.filter((name) => name.startsWith("product-list-page")),
    ]);
    expect(gzippedBytes(withProducts)).toBeLessThan(300_000);
    for (const library of ["recharts-surface", "cm-editor"]) {
      const holders = scripts.filter((name) => read(name).includes(library));
      expect(holders).not.toEqual([]);
      expect(holders.filter((name) => withProducts.has(name))).toEqual([]);
    }
  });

  it("has no script in its page, and nothing from elsewhere", () => {
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it("has nothing of the server in it", () => {
    const ofServer = /\bstock_level\b|from "(?:node:|pg|bullmq)/;
    expect(scripts.filter((name) => ofServer.test(read(name)))).toEqual([]);
  });
});
