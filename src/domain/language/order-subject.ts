// The subject that is proposed for a mail that orders items at a supplier, in each language of mails.

import { type Language, voiceOf } from "./languages.ts";

const subjects: Readonly<Record<Language, (day: string) => string>> = {
  en: (day) => `Order of ${day}`,
  de: (day) => `Bestellung vom ${day}`,
  fr: (day) => `Commande du ${day}`,
  es: (day) => `Pedido del ${day}`,
};

/** The subject for an order of the day that `at` is on in a time zone. */
export function orderSubject(language: Language, at: Date, timeZone: string): string {
  const { locale } = voiceOf({ language });
  const options = { timeZone, day: "numeric", month: "long", year: "numeric" } as const;
  return subjects[language](new Intl.DateTimeFormat(locale, options).format(at));
}
