// Makes any text fit for one line. Subjects, header names and sentences are built from names that people and
// importers typed, so this is where line breaks and other control characters stop.

/** Line breaks, other control characters, and the marks that reverse the direction of text around them. */
const UNFIT_FOR_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\s]+/gu;

/** Returns the text on one line: every run of white space or control characters becomes one space. */
export function oneLine(text: string): string {
  return text.replace(UNFIT_FOR_ONE_LINE, " ").trim();
}

/** Returns the text on one line, cut to at most `charactersMax` characters with an ellipsis where it was longer. */
export function shortLine(text: string, charactersMax: number): string {
  const characters = Array.from(oneLine(text));
  return characters.length <= charactersMax
    ? characters.join("")
    : `${characters
        .slice(0, charactersMax - 1)
        .join("")
        .trimEnd()}…`;
}
