// Everything that mails and the pages behind their links say, by language. A translation is one file beside this one.

import type { Language } from "../../domain/language/languages.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import type { MailWords } from "./language-words.ts";

/** The texts of each language. */
export const mailWords: Readonly<Record<Language, MailWords>> = { en, de, fr, es };

/** A part of the texts in each language. */
export function inEachLanguage<Words>(
  pick: (words: MailWords) => Words,
): Readonly<Record<Language, Words>> {
  return {
    en: pick(en),
    de: pick(de),
    fr: pick(fr),
    es: pick(es),
  };
}
