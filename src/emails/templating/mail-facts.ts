// The rows of a mail's table of facts.

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
