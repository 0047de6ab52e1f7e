// The texts of the fields for a person's language, form of numbers and times, and time zone.

const formNames = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });

/** The texts. */
export const region = {
  labels: {
    language: "Language of mails",
    locale: "Numbers and times",
    timeZone: "Time zone",
  },
  language: {
    hint: "This app itself is in English.",
    none: "The store's language",
  },
  locale: {
    hint: (sample: string) => `Here: ${sample}`,
    none: "As the browser writes them",
    /** The name of a form, such as English (Ireland). */
    nameOf: (locale: string) => formNames.of(locale) ?? locale,
  },
  timeZone: {
    hint: "Of all times here and in mails, and of the hours of mails about alerts.",
    none: "The browser's; UTC in mails",
  },
};
