// What a language has to say in the mail about several items. A language that lacks a text does not compile.

import type { Counted } from "../templating/mail-formats.ts";
import type { TemplateWords } from "../templating/mail-template.ts";

/** The texts. The badges of items that are low or out are those of the low-stock mail. */
export type DigestWords = TemplateWords & {
  readonly headline: (items: Counted) => string;
  readonly lead: Readonly<Record<"daily" | "together", (summary: string) => string>>;
  readonly over: string;
  /** The parts of the summary: "3 low". */
  readonly summary: Readonly<
    Record<"none-left" | "held-back" | "low" | "over" | "more", (items: Counted) => string>
  >;
  readonly count: {
    readonly short: (missing: Counted) => string;
    readonly heldBack: (units: Counted, threshold: Counted) => string;
    readonly left: (units: Counted, threshold: Counted) => string;
  };
  readonly rest: (more: Counted) => string;
  readonly openAlerts: string;
};
