// What became of a template's text, line by line, for somebody who was editing it too.

/** Lines that are told one by one, and how much of each. */
const toldMax = 6;
const lineCharactersMax = 80;

/** What is new and what is gone, in words; undefined where either side is not text, but the built-in design. */
export function compareBodies(before: unknown, after: unknown): string | undefined {
  if (typeof before !== "string" || typeof after !== "string") return undefined;
  const told = [
    ...missingFrom(after, before).map((line) => `gone “${cut(line)}”`),
    ...missingFrom(before, after).map((line) => `new “${cut(line)}”`),
  ];
  if (told.length === 0) return "its lines are in another order";
  const more = told.length > toldMax ? `; and ${told.length - toldMax} more` : "";
  return told.slice(0, toldMax).join("; ") + more;
}

/** The lines of `text` that `other` has not, each as often as it has it less. */
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
