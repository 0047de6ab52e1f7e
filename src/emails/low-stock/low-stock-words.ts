// What a language has to say in the low-stock mail. A language that lacks a text does not compile.

import type { Counted } from "../templating/mail-formats.ts";
import type { TemplateWords } from "../templating/mail-template.ts";

/** The state in the words of the admin app. `held-back`: a threshold holds back the units that are left. */
export type WordedState = "low" | "held-back" | "none-left";

/** What took the units, and from what: the beginning of the mail's first sentence. */
export type Change = {
  /** The reference of the order; null if no order took them. */
  readonly order: string | null;
  /** Who changed the stock, if no order did; null if that is not known. */
  readonly by: string | null;
  /** The same in English, as it is stored. */
  readonly cause: string;
  readonly product: string;
  /** Null if the product's own units changed. */
  readonly variant: string | null;
};

/** The texts. Sentences are whole, since each language has its own order of words. */
export type LowStockWords = TemplateWords & {
  readonly badges: Readonly<Record<WordedState, string>>;
  readonly headlines: Readonly<Record<WordedState, (item: string) => string>>;
  /** What changed the stock if no order did, by itself: "a change by Ada". */
  readonly cause: (by: string | null) => string;
  readonly lead: {
    readonly short: (change: Change, missing: Counted) => string;
    readonly noneLeft: (change: Change) => string;
    readonly heldBack: (change: Change, units: Counted) => string;
    readonly low: (
      change: Change,
      units: Counted,
      threshold: Counted,
      where: "exactly" | "below" | "above",
    ) => string;
    /** What is said behind the sentence if units came in since. */
    readonly risen: (units: Counted) => string;
  };
  readonly figures: {
    readonly left: (units: Counted) => string;
    readonly heldBack: (units: Counted) => string;
    readonly threshold: string;
    readonly sold: string;
  };
  readonly facts: {
    readonly product: string;
    readonly variant: string;
    readonly sku: string;
    readonly variantSku: string;
    readonly causedBy: string;
    readonly order: (reference: string) => string;
    readonly pace: string;
    readonly onTheWay: string;
    readonly raised: string;
  };
  readonly lasts: {
    readonly underADay: string;
    readonly overTwoMonths: string;
    readonly about: (days: Counted) => string;
  };
  readonly incoming: (units: Counted, day: string) => string;
  readonly preheader: (left: string, threshold: Counted, sold: Counted) => string;
  /** The count alone. */
  readonly count: {
    readonly heldBack: (units: Counted) => string;
    readonly short: (missing: Counted) => string;
    readonly noneLeft: string;
    readonly left: (units: Counted) => string;
  };
  readonly openProduct: string;
  readonly openOrder: string;
  readonly openAlert: string;
};
