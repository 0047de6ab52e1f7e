// The table of security requirements names tests that exist.

import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { absolute, codeIn, readText, tableBelow } from "./markdown.ts";

const page = "docs/security.md";
const rows = tableBelow(page, "ASVS 5.0, level 2").map(
  ([requirement = "", state = "", how = "", tests = ""]) => ({
    requirement,
    state,
    how,
    files: codeIn(tests),
    quoted: [...tests.matchAll(/`([^`]+)`\s+"([^"]+)"/g)].map(([, file = "", name = ""]) => ({
      file,
      name,
    })),
  }),
);

it("each requirement has a state and a reason", () => {
  const states = ["Met", "Partly", "Not met", "Does not apply"];
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.filter(({ state, how }) => !states.includes(state) || how === "")).toEqual([]);
});

it("every chapter from V1 to V17 is in the table", () => {
  const all = rows.map(({ requirement }) => requirement).join(" ");
  const chapters = Array.from({ length: 17 }, (_, index) => `V${index + 1}`);
  expect(chapters.filter((chapter) => !new RegExp(`\\b${chapter}\\b`).test(all))).toEqual([]);
});

it("what is met, or partly met, is held by a test file that exists", () => {
  const held = rows.filter(({ state }) => state === "Met" || state === "Partly");
  expect(held.filter(({ files }) => files.length === 0)).toEqual([]);
  const files = rows.flatMap((row) => row.files);
  expect(files.filter((file) => !/^test\/.*\.(?:test|e2e)\.ts$/.test(file))).toEqual([]);
  expect(files.filter((file) => !existsSync(absolute(file)))).toEqual([]);
});

it("a test that is quoted is in the file that is named before it", () => {
  const quoted = rows.flatMap((row) => row.quoted);
  expect(quoted.length).toBeGreaterThan(2);
  expect(quoted.filter(({ file, name }) => !readText(file).includes(`"${name}"`))).toEqual([]);
});
