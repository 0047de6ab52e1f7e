// How a template's body was changed, line by line, for a person who was editing it at the same time.

import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";

const text = mailTemplates.compare;

/** How many lines are quoted, and how many characters of each. */
const quotedMax = 6;
const lineCharactersMax = 80;

/** The lines that were added and removed, as a sentence; undefined if either body is not a text but the built-in design. */
export function compareBodies(before: unknown, after: unknown): string | undefined {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  const changes = [
    ...missingFrom(after, before).map((line) => text.gone(cut(line))),
    ...missingFrom(before, after).map((line) => text.added(cut(line))),
  ];
  if (changes.length === 0) return text.otherOrder;
  return text.list(changes.slice(0, quotedMax), Math.max(0, changes.length - quotedMax));
}

/** The lines of `body` that `other` lacks. A line that `body` has three times and `other` once is listed twice. */
function missingFrom(other: string, body: string): string[] {
  const left = linesOf(other);
  return linesOf(body).filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

function linesOf(body: string): string[] {
  return body
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function cut(line: string): string {
  return line.length > lineCharactersMax ? `${line.slice(0, lineCharactersMax)}…` : line;
}
