// Puts any text on one line. Subjects, headers and sentences are built from names that people and importers typed; this
// removes line breaks and other control characters from them.

/** Line breaks, other control characters, and the marks that reverse the direction of text around them. */
const unfitForOneLine = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\s]+/gu;

/** Returns the text on one line: every run of white space or control characters becomes one space. */
export function oneLine(text: string): string {
  return text.replace(unfitForOneLine, " ").trim();
}

/** Returns the text on one line, cut to at most `charactersMax` characters. If it was longer, it ends in an ellipsis. */
export function shortLine(text: string, charactersMax: number): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= charactersMax
    ? characters.join("")
    : `${characters
        .slice(0, charactersMax - 1)
        .join("")
        .trimEnd()}…`;
}
