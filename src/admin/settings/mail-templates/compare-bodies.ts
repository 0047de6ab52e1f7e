// How a template's body was changed, line by line, for a person who was editing it at the same time.

/** How many lines are quoted, and how many characters of each. */
const quotedMax = 6;
const lineCharactersMax = 80;

/** The lines that were added and removed, as a sentence; undefined if either body is not a text but the built-in design. */
export function compareBodies(before: unknown, after: unknown): string | undefined {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  const changes = [
    ...missingFrom(after, before).map((line) => `gone “${cut(line)}”`),
    ...missingFrom(before, after).map((line) => `new “${cut(line)}”`),
  ];
  if (changes.length === 0) return "its lines are in another order";
  const more = changes.length > quotedMax ? `; and ${changes.length - quotedMax} more` : "";
  return changes.slice(0, quotedMax).join("; ") + more;
}

/** The lines of `text` that `other` lacks. A line that `text` has three times and `other` once is listed twice. */
function missingFrom(other: string, text: string): string[] {
  const left = linesOf(other);
  return linesOf(text).filter((line) => {
    const place = left.indexOf(line);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function cut(line: string): string {
  return line.length > lineCharactersMax ? `${line.slice(0, lineCharactersMax)}…` : line;
}
