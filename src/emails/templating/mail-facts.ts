// The rows of a mail's table of facts, and how times are written in them.

import { oneLine } from "../../domain/one-line.ts";

/** One row of a mail's table. `href` is the address that the value links to, or null. */
export type MailFact = {
  readonly label: string;
  readonly value: string;
  readonly href: string | null;
};

/** A row. The value is put on one line. */
export function mailFact(label: string, value: string, href: string | null = null): MailFact {
  return { label, value: oneLine(value), href };
}

const timeFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** A time in ISO 8601 as mails write it: `14 March 2026 at 09:26 UTC`. */
export function utcTime(instant: string): string {
  return `${timeFormat.format(new Date(instant))} UTC`;
}
