// The languages that mails are written in, and how a person wants numbers and dates to be written.

/** The languages, by their codes in ISO 639. */
export const languages = ["en", "de", "fr", "es"] as const;

/** A language that mails are written in. */
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};

/** The language of a store that has chosen none. */
export const usualLanguage: Language = "en";

/** What a person has chosen. Null leaves the language to the store, and the rest to the language or the browser. */
export type RegionChoice = {
  readonly language: Language | null;
  /** How numbers and dates are written, as a BCP 47 tag such as `de-AT`. */
  readonly locale: string | null;
  readonly timeZone: string | null;
};

/** The choice of a person who has chosen nothing. */
export const usualRegion: RegionChoice = { language: null, locale: null, timeZone: null };

/** A language and a region that mails, numbers and dates are written for. */
export type Voice = {
  readonly language: Language;
  readonly locale: string;
  readonly timeZone: string;
};

const usualLocales: Readonly<Record<Language, string>> = {
  en: "en-GB",
  de: "de-DE",
  fr: "fr-FR",
  es: "es-ES",
};

/** A language, a script if it needs one, and a country: no extensions, which could ask for other digits or calendars. */
const tag = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/;

/** Whether numbers and dates can be written as `locale` says, such as `de-AT`. */
export function isLocale(locale: string): boolean {
  return tag.test(locale) && Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
}

/**
 * How mails are written to somebody. A locale of another language than the mail's is left aside, since months in French
 * do not fit into a German sentence. Without a time zone, times are in UTC.
 */
export function voiceOf({ language, locale, timeZone }: Partial<RegionChoice>): Voice {
  const spoken = language ?? usualLanguage;
  const fits = locale?.split("-")[0] === spoken;
  return {
    language: spoken,
    locale: fits ? (locale ?? usualLocales[spoken]) : usualLocales[spoken],
    timeZone: timeZone ?? "UTC",
  };
}
