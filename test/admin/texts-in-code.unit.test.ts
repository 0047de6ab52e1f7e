// How many texts the admin app still has in its code, outside of `src/admin/words/en`, by room. No room gets more. If you move
// texts into `src/admin/words/en`, lower the number.

import { describe, expect, it } from "vitest";
import { readSourceFiles } from "../../tools/source-files.ts";
import { findTexts } from "../../tools/texts-in-code.ts";

const allowed: Readonly<Record<string, number>> = {
  // Keys, for screen readers.
  search: 1,
  // The name of the program.
  shell: 1,
  // Names of browsers, systems, the program and a setting, which are the same in each language.
  words: 12,
};

const files = readSourceFiles(new URL("../..", import.meta.url).pathname).filter(
  ({ path }) => path.startsWith("src/admin/") && !path.startsWith("src/admin/words/en/"),
);
/** The folder in `src/admin`; "admin" for the files beside the folders. */
const roomOf = (path: string): string =>
  path.split("/").at(-2) === "admin" ? "admin" : (path.split("/")[2] ?? "");

describe.each([...new Set(files.map(({ path }) => roomOf(path)))])("the room %s", (room) => {
  it("has no more texts in its code than before", () => {
    const found = files
      .filter(({ path }) => roomOf(path) === room)
      .flatMap(({ path, text }) => findTexts(path, text).map((one) => ({ path, ...one })));
    const listed = found.map(({ path, line, text }) => `${path}:${line} ${text}`).join("\n");
    expect(
      found.length,
      `Put new texts into src/admin/words/en. All of the room:\n${listed}`,
    ).toBeLessThanOrEqual(allowed[room] ?? 0);
  });
});

describe("a text", () => {
  it("is found between tags, in an attribute, and as a part of a sentence", () => {
    const source = [
      'import { Text } from "@mantine/core";',
      "const seen = (units: number) => (",
      '  <Text c="dimmed" className="tm-text" title="How many">',
      "    On the shelf: {units} {`of ${units} units in all`}",
      "  </Text>",
      ");",
    ].join("\n");
    expect(findTexts("seen.tsx", source)).toEqual([
      { line: 3, text: "How many" },
      { line: 3, text: "On the shelf:" },
      { line: 4, text: "units in all" },
    ]);
  });

  it("is found in a value with a type beside it, and not in the type", () => {
    const source = [
      'export const texts = { low: "Few left" } as const satisfies Record<"Not this", string>;',
      'let state: "Nor this" | null = null;',
    ].join("\n");
    expect(findTexts("texts.ts", source)).toEqual([{ line: 1, text: "Few left" }]);
  });

  it("is not the name of a property or of a class of errors, a message for developers, or compared", () => {
    const source = [
      "class SoldOut extends Error {",
      '  override readonly name = "SoldOut";',
      '  readonly text = "Sold out";',
      "}",
      'const isDone = event.key === "Enter";',
      'const headers = { "Content-Type": "Plain text" };',
      'throw new Error("Expected a root.");',
      'throw new SoldOut("Nothing is left.");',
    ].join("\n");
    expect(findTexts("seen.ts", source)).toEqual([
      { line: 3, text: "Sold out" },
      { line: 6, text: "Plain text" },
      { line: 8, text: "Nothing is left." },
    ]);
  });

  it("is not what only a browser reads", () => {
    const source = [
      'const line = "1px solid var(--tally-line)";',
      'const head = `<base target="_blank"><style>a { color: ${colour} }</style>`;',
      'const frame = <iframe title="The mail" sandbox="allow-popups allow-forms" />;',
    ].join("\n");
    expect(findTexts("seen.tsx", source)).toEqual([{ line: 3, text: "The mail" }]);
  });
});
