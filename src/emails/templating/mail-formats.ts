// How numbers, dates and times are written in a mail.

import type { Voice } from "../../domain/language/languages.ts";

/** A number as a mail writes it. `isOne` says whether the word behind it is in the singular. */
export type Counted = {
  readonly number: number;
  readonly text: string;
  readonly isOne: boolean;
};

/** The formats of a language and a region. */
export type MailFormats = {
  readonly counted: (number: number) => Counted;
  /** A day of a time in ISO 8601: `14 March 2026`. */
  readonly day: (instant: string) => string;
  /** A time in ISO 8601: `14 March 2026 at 09:26 UTC`. */
  readonly time: (instant: string) => string;
};

/** Regions and zones come from people, so the number of those that are kept has a limit. */
const keptMax = 200;
const kept = new Map<string, MailFormats>();

/** The formats of a voice. */
export function formatsOf(voice: Voice): MailFormats {
  const key = `${voice.language} ${voice.locale} ${voice.timeZone}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = createFormats(voice);
  if (kept.size >= keptMax) kept.clear();
  kept.set(key, made);
  return made;
}

function createFormats({ language, locale, timeZone }: Voice): MailFormats {
  const wholeNumber = new Intl.NumberFormat(locale);
  const plural = new Intl.PluralRules(language);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone });
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone });
  const zoned = new Intl.DateTimeFormat(locale, { timeZoneName: "short", timeZone });
  return {
    counted: (number) => ({
      number,
      text: wholeNumber.format(number).replace("-", "\u2212"),
      isOne: number >= 0 && plural.select(number) === "one",
    }),
    day: (instant) => day.format(new Date(instant)),
    time(instant) {
      const at = new Date(instant);
      const zone = zoned.formatToParts(at).find(({ type }) => type === "timeZoneName");
      return `${time.format(at)} ${zone?.value ?? timeZone}`;
    },
  };
}
