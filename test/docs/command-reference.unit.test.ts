// docs/commands.md against the table of commands.

import { describe, expect, it } from "vitest";
import { lexer } from "marked";
import { commands } from "../../src/cli/commands.ts";
import { readText, tableBelow } from "./markdown.ts";

const path = "docs/commands.md";
const text = readText(path);

/** The Markdown from a command's heading to the next one. */
function sectionOf(name: string): string {
  const [, rest = ""] = text.split(`### ${name}\n`);
  return rest.split(/^##/m)[0] ?? "";
}

it("the page has each command once, in the table's order", () => {
  const headings = lexer(text).flatMap((token) =>
    token.type === "heading" && token["depth"] === 3 ? [String(token["text"])] : [],
  );
  expect(headings).toEqual(commands.map(({ name }) => name));
});

describe.each(commands.map((command) => [command.name, command] as const))(
  "%s",
  (name, command) => {
    it("says what it does, and by which former name it works", () => {
      const plain = sectionOf(name).replaceAll(/\s+/g, " ").toLowerCase();
      expect(plain).toContain(command.says.toLowerCase());
      if (command.formerName !== undefined) expect(plain).toContain(`\`${command.formerName}\``);
    });

    it("has its arguments and options, with their defaults", () => {
      const rows = [
        ...(command.args ?? []).map(({ name: argument, says }) => [argument, says]),
        ...(command.options ?? []).map(({ flags, says, default: value, isRequired }) => [
          flags,
          `${says}${isRequired ? "; needed" : ""}${value === undefined ? "" : `; default: ${value}`}`,
        ]),
      ];
      const written = sectionOf(name).includes("\n| ") ? tableBelow(path, name) : [];
      expect(written).toEqual(rows.map(([flags = "", says = ""]) => [`\`${flags}\``, says]));
    });

    it("has its examples", () => {
      for (const { typed, says } of command.examples) {
        expect(sectionOf(name)).toContain(`npx ${typed}`);
        expect(sectionOf(name)).toContain(`# ${says}`);
      }
    });
  },
);
