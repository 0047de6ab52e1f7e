// Reads the repository's Markdown as the tests of the docs need it: its files, headings, links and tables.

import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { lexer, type Token, type Tokens, walkTokens } from "marked";

const root = resolve(import.meta.dirname, "../..");

/** The repository's own Markdown files, as paths from its root. */
export function markdownFiles(): string[] {
  return filesOf(["**/*.md"]);
}

/** Files that match one of the patterns, as paths from the root; never what was installed or built. */
export function filesOf(patterns: readonly string[]): string[] {
  const exclude = ["node_modules", "dist*", ".git", ".tallyman", "coverage", "e2e-screenshots"];
  return globSync([...patterns], { cwd: root, exclude }).toSorted();
}

/** A path from the root, as an absolute one. */
export function absolute(path: string): string {
  return resolve(root, path);
}

/** A file's text. */
export function readText(path: string): string {
  return readFileSync(absolute(path), "utf8");
}

/** Every token of a Markdown text that `pick` gives something for, in the order of the text. */
export function pickTokens<T>(text: string, pick: (token: Token) => T | undefined): T[] {
  const picked: T[] = [];
  void walkTokens(lexer(text), (token) => {
    const found = pick(token);
    if (found !== undefined) picked.push(found);
  });
  return picked;
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === "heading";
const isTable = (token: Token): token is Tokens.Table => token.type === "table";

/** The texts of a file's headings. */
export function headingsOf(path: string): string[] {
  return lexer(readText(path))
    .filter(isHeading)
    .map(({ text }) => text);
}

/** The rows of the first table below a heading, each with the Markdown of its cells. Throws if there is none. */
export function tableBelow(path: string, heading: string): string[][] {
  const tokens = lexer(readText(path));
  const start = tokens.findIndex((token) => isHeading(token) && token.text === heading);
  const table = start < 0 ? undefined : tokens.slice(start).find(isTable);
  if (table === undefined) {
    throw new Error(`Expected a table below the heading "${heading}" in ${path}; there is none.`);
  }
  return table.rows.map((row) => row.map(({ text }) => text));
}

/** What stands between backquotes in a Markdown text. */
export function codeIn(text: string): string[] {
  return pickTokens(text, (token) =>
    token.type === "codespan" ? String(token["text"]) : undefined,
  );
}
