// Quotes a text from outside in a message: short, on one line, and without invisible characters.

const shownMax = 60;

/** Characters that are invisible or break a line: control and format characters, and blanks other than a space. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text in quotes, cut to 60 characters. Invisible characters become escapes such as `\u{a0}`. */
export function quoted(text: string): string {
  return `"${shown(text)}"`;
}

/** The same without quotes, for a message about the quotes in the text. */
export function shown(text: string): string {
  const cut = withoutUnseen(text.slice(0, shownMax));
  return text.length > shownMax ? `${cut}…` : cut;
}

/** The whole text, with escapes in place of invisible characters. */
export function withoutUnseen(text: string): string {
  return text.replaceAll(unseen, codeOf);
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
