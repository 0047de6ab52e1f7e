// What a format of product files is: the names of its columns, and a pure mapping from its rows to rows of products.

import type { FileFault, Faults } from "../fault-list.ts";
import type { FileRow } from "../product-file.ts";

/** The formats by name. A format may have several kinds of files, such as products and counts. */
export const formatNames = ["tallyman", "shopify", "woocommerce", "magento", "prestashop"] as const;

/** The name of a format. */
export type FormatName = (typeof formatNames)[number];

/** The choice of the sum of all locations, in place of a location's name. */
export const allLocations = "*";

/** One row of a file, as text. */
export type SourceRow = { readonly line: number; readonly cells: readonly string[] };

/** A file's header and its rows. */
export type Sheet = {
  readonly head: readonly string[];
  readonly headLine: number;
  readonly rows: readonly SourceRow[];
};

/** A column that a format knows, by all the headings that it has had; and what it becomes, in words for a report. */
export type KnownColumn = { readonly names: readonly string[]; readonly becomes: string };

/** What a file's column becomes; null if it is left out. */
export type ColumnUse = { readonly column: string; readonly becomes: string | null };

/** What a person chose about a file. */
export type FormatChoices = {
  /** A location's name, or `allLocations`; only for files that count units at several locations. */
  readonly location?: string | undefined;
};

/** The rows of a file in the terms of products, and everything that a person should know about them. */
export type MappedRows = {
  readonly rows: readonly FileRow[];
  readonly faults: readonly FileFault[];
  /** What was changed or left out, by row. */
  readonly notes: readonly FileFault[];
  readonly columns: readonly ColumnUse[];
  /** The locations that the file counts units at; empty if it does not name any. */
  readonly locations: readonly string[];
};

/** One kind of file. */
export type FileKind = {
  readonly format: FormatName;
  /** Its name in a sentence, such as `Shopify's export of products`. */
  readonly title: string;
  /** A header is of this kind if it has a column of each of these lists. */
  readonly marks: readonly (readonly string[])[];
  /** Whether its rows only change items that the store has, because they lack what a new one needs. */
  readonly updatesOnly: boolean;
  /** Maps the rows. It may be paused after each row: see `inSlices`. */
  map(sheet: Sheet, choices: FormatChoices): Generator<undefined, MappedRows>;
};

/** How a file was read, for its report. */
export type FileSource = {
  readonly format: FormatName;
  readonly title: string;
  /** The columns by which it was recognised. */
  readonly recognisedBy: readonly string[];
  /** Whether a person named the format. */
  readonly isNamed: boolean;
  readonly columns: readonly ColumnUse[];
  readonly locations: readonly string[];
  readonly location: string | null;
  readonly notes: Faults;
};
