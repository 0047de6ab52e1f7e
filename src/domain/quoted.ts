// Shows a text that came from outside in a message: short, on one line, and with nothing in it that can't be seen.

const shownMax = 60;

/** Characters that a message would hide or break: blanks other than a space, controls, marks without a width. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text in quotes, cut to 60 characters, characters that can't be seen as `\u{a0}`. */
export function quoted(text: string): string {
  const cut = text.length > shownMax ? text.slice(0, shownMax) : text;
  const shown = cut.replaceAll(unseen, (character) => codeOf(character));
  return `"${shown}${cut === text ? "" : "…"}"`;
}

function codeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
