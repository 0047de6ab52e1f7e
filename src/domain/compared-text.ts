// The form in which SKUs and references are compared. People and systems write one text in several ways that look the
// same; two of them must not be two products or two sales.

/** Letters and signs of ASCII with plain spaces between them: nearly every SKU. It is in its form already. */
const alreadyCompared = /^[!-~](?:[ -~]*[!-~])?$/;

const blank = /^\p{White_Space}$/u;

/**
 * The form of a SKU or reference that is stored and compared: Unicode's NFC, without blanks around it. The form of the
 * result is the result itself, so a text may come through here any number of times.
 */
export function comparedText(text: string): string {
  if (text.length > composedMax || alreadyCompared.test(text)) return text;
  let start = 0;
  let end = text.length;
  while (start < end && blank.test(text.charAt(start))) start += 1;
  while (end > start && blank.test(text.charAt(end - 1))) end -= 1;
  return composed(text.slice(start, end));
}

/**
 * The longest text that is composed; a longer one is no name of anything and stays as it is. Unicode sorts the marks on
 * a letter, and a text of a million marks would take minutes.
 */
const composedMax = 2_000;

/** The text in Unicode's NFC: an é is one character, however it was typed. */
export function composed(text: string): string {
  return text.length > composedMax ? text : text.normalize("NFC");
}

/**
 * Characters that nobody can see in a text: those without a shape (zero width, direction marks, soft hyphens, the byte
 * order mark) and blanks that are no plain space. They tell apart what looks the same.
 */
const invisible = String.raw`\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000`;

/** A text on one line in which every character can be seen, and which UTF-8 can encode. */
export const visibleText = new RegExp(String.raw`^[^\p{Cc}\p{Cs}\u2028\u2029${invisible}]*$`, "u");

const firstInvisible = new RegExp(`[${invisible}]`, "u");

/** The names of the characters that come with pasted text most often. */
const names: ReadonlyMap<string, string> = new Map([
  ["\u00a0", "no-break space"],
  ["\u00ad", "soft hyphen"],
  ["\u200b", "zero width space"],
  ["\u200c", "zero width non-joiner"],
  ["\u200d", "zero width joiner"],
  ["\u200e", "left-to-right mark"],
  ["\u200f", "right-to-left mark"],
  ["\u202a", "left-to-right embedding"],
  ["\u202b", "right-to-left embedding"],
  ["\u202c", "pop directional formatting"],
  ["\u202d", "left-to-right override"],
  ["\u202e", "right-to-left override"],
  ["\u202f", "narrow no-break space"],
  ["\u2060", "word joiner"],
  ["\u2066", "left-to-right isolate"],
  ["\u2067", "right-to-left isolate"],
  ["\u2068", "first strong isolate"],
  ["\u2069", "pop directional isolate"],
  ["\u3000", "ideographic space"],
  ["\ufe0f", "variation selector"],
  ["\ufeff", "byte order mark"],
]);

/** The first invisible character of a text in words, such as `U+200B (zero width space)`; null if there is none. */
export function invisibleIn(text: string): string | null {
  const [found] = firstInvisible.exec(text) ?? [];
  if (found === undefined) return null;
  const name = names.get(found);
  return name === undefined ? codePointOf(found) : `${codePointOf(found)} (${name})`;
}

/** A character as Unicode writes it: `U+200B`. */
function codePointOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `U+${code.padStart(4, "0")}`;
}
