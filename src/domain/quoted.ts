// Shows a text that came from outside in a message: short, on one line, and with nothing in it that can't be seen.

const shownMax = 60;

/** Characters that a message would hide or break: blanks other than a space, controls, marks without a width. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text in quotes, cut to 60 characters, characters that can't be seen as `\u{a0}`. */
export function quoted(text: string): string {
  return `"${shown(text)}"`;
}

/** The same without quotes, for a text whose own quotes are what a message is about. */
export function shown(text: string): string {
  const cut = text.slice(0, shownMax).replaceAll(unseen, codeOf);
  return text.length > shownMax ? `${cut}…` : cut;
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
