// The folder of the English texts: what a translation has to have in its place.

import { describe, expect, it } from "vitest";
import { readSourceFiles } from "../../../tools/source-files.ts";

const root = new URL("../../..", import.meta.url).pathname;
const files = readSourceFiles(root).filter(({ path }) => path.startsWith("src/admin/words/en/"));

describe("the folder of the English texts", () => {
  it("is not empty", () => {
    expect(files.length).toBeGreaterThan(10);
  });

  it.each(files)("holds nothing but texts in $path", async ({ path }) => {
    const texts: unknown = await import(`${root}/${path}`);
    expect(othersIn(texts)).toEqual([]);
  });

  it.each(files)("lets another language have other words in $path", ({ text }) => {
    // The type of such a text is the English text itself, so no other one fits.
    expect(text).not.toContain("as const");
  });

  it.each(files)("writes each number in the reader's form in $path", ({ text }) => {
    expect(rawNumbersIn(text)).toEqual([]);
  });
});

/** Numbers that are names, as those of lines and versions are, and those that are never over 999. */
const needNoForm = ["line", "version", "place", "attempt", "status", "seconds", "minutes", "hours"];

/** The names of numbers that a text has as they are. */
function rawNumbersIn(text: string): string[] {
  const numbers = [...text.matchAll(/\b(\w+): number\b/g)].flatMap(([, name]) => name ?? []);
  return [...new Set(numbers)].filter(
    (name) => !needNoForm.includes(name) && text.includes(`{${name}}`),
  );
}

/** What is neither a text, nor a function that gives one, nor a group of those. */
function othersIn(value: unknown): unknown[] {
  if (typeof value === "string" || typeof value === "function") return [];
  if (typeof value !== "object" || value === null) return [value];
  return Object.values(value).flatMap(othersIn);
}
