// The form in which texts are searched: "zoe muller" finds "Zoë Müller-Lüdenscheidt". It is only for searching; names
// and references are stored and compared as `comparedText` says.

/** Letters that Unicode does not take apart, although people without their key type others. */
export const spelt: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["đ", "d"],
  ["ð", "d"],
  ["ł", "l"],
  ["þ", "th"],
  ["ı", "i"],
  ["ς", "σ"],
]);

/** A text of ASCII has no marks to take away. */
const ascii = /^\p{ASCII}*$/u;

/** Blanks and characters that can't be seen, but for a single space between two that can. */
const untidy = /\p{Cc}|^ | $| {2}/u;

/**
 * The text in lower case, without marks on its letters, and with one space for each run of blanks and characters that
 * can't be seen. The form of the result is the result itself. It may be longer than the text.
 */
export function foldedText(text: string): string {
  let folded = text;
  // A letter that was taken apart may have a lower case, and the lower case may be taken apart: a few rounds end it.
  for (let round = 0; round < roundsMax && !ascii.test(folded); round += 1) {
    const next = withoutMarks(folded);
    if (next === folded) break;
    folded = next;
  }
  const lower = folded.toLowerCase();
  return untidy.test(lower) || !ascii.test(lower) ? lower.replaceAll(blanks, " ").trim() : lower;
}

/** More rounds than any text of Unicode needs. */
const roundsMax = 6;

const blanks = /[\p{White_Space}\p{Cc}\p{Cs}\u2028\u2029]+/gu;

function withoutMarks(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Default_Ignorable_Code_Point}]+/gu, "")
    .replaceAll(/[ßæœøđðłþıς]/g, (letter) => spelt.get(letter) ?? letter);
}

/** The most words of a search; those after them are left out. */
export const wordsMax = 8;

/** The words of a search, folded, each once. A text has to contain all of them. */
export function searchWords(query: string): readonly string[] {
  const words = foldedText(query)
    .split(" ")
    .filter((word) => word !== "");
  return [...new Set(words)].slice(0, wordsMax);
}

/** A word of a search: folded, and in the forms in which a text that can't be folded fully may have it. */
export type SearchTerm = { readonly folded: string; readonly unfolded: readonly string[] };

/**
 * The words of a search for texts that are folded only as far as SQL can do it, each once. A word of ASCII has no
 * unfolded forms, because SQL folds it as we do.
 */
export function searchTerms(query: string): readonly SearchTerm[] {
  const terms = new Map<string, SearchTerm>();
  for (const word of query.normalize("NFC").split(blanks)) {
    const folded = foldedText(word);
    const unfolded = ascii.test(word) ? [] : [...new Set([word.toLowerCase(), word])];
    if (folded !== "") terms.set(unfolded.at(-1) ?? folded, { folded, unfolded });
  }
  return [...terms.values()].slice(0, wordsMax);
}
