// What is known of an order report: the file of orders that a shop system exports. Each system has a file of its own.

/** The systems whose order reports are known. */
export const reportNames = ["shopify", "woocommerce", "amazon"] as const;

/** The name of a system. */
export type ReportName = (typeof reportNames)[number];

/** What a column of a report holds. */
export type ReportRole =
  | "reference"
  | "sku"
  | "quantity"
  | "name"
  | "date"
  | "status"
  | "lineStatus"
  | "cancelledAt";

/**
 * One layout of a system's report: the column's names by what it holds, the best first. A report has this layout if it
 * has a column for each of the `required`.
 */
export type ReportLayout = {
  /** What the layout is called in the system. */
  readonly title: string;
  readonly columns: Readonly<Partial<Record<ReportRole, readonly string[]>>>;
  readonly required: readonly ReportRole[];
  /** `none`: in a file with tabs, a quote is a character like any other. */
  readonly quotesInTabs: "standard" | "none";
  readonly judge: (cells: StatusCells) => Judgement;
};

/** The cells of a row that say what became of the order and of the line; empty if there are none. */
export type StatusCells = {
  readonly status: string;
  readonly lineStatus: string;
  readonly cancelledAt: string;
};

/**
 * Whether a row is a sale. `order`: no line of the order is one. `line`: only this line is none. `unknown`: the status
 * is none of the known ones, so that it could be either.
 */
export type Judgement =
  | { readonly kind: "sold" }
  | { readonly kind: "not-sold"; readonly what: "order" | "line"; readonly reason: string }
  | { readonly kind: "unknown"; readonly status: string };

/** A row that is a sale. */
export const sold: Judgement = { kind: "sold" };

/** A row that is no sale, and why. */
export function notSold(what: "order" | "line", reason: string): Judgement {
  return { kind: "not-sold", what, reason };
}

/** A status as it is compared: without its case, prefix and kind of separator. `wc-on-hold` is `on hold`. */
export function comparedStatus(status: string): string {
  return status
    .trim()
    .toLowerCase()
    .replace(/^wc-/, "")
    .replaceAll(/[\s_-]+/g, " ");
}
