// What a language has to say in the mail to a supplier. A language that lacks a text does not compile.

import type { Counted } from "../templating/mail-formats.ts";
import type { TemplateWords } from "../templating/mail-template.ts";

/** The texts. Subject and message are what the sender wrote. */
export type SupplierOrderWords = TemplateWords & {
  readonly sum: (items: Counted, units: Counted) => string;
  readonly footer: (store: string, email: string) => string;
  readonly item: string;
  readonly units: string;
  /** The headings of the file: of the SKU, the name and the units. */
  readonly fileHeads: readonly [string, string, string];
};
