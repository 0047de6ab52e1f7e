// Shopify's export of inventory (Products, Inventory, Export): a row for each item and location, or a column for each
// location in older files.

import { type Columns, findColumns, plainHeading } from "./columns.ts";
import type {
  ColumnUse,
  FileKind,
  FormatChoices,
  KnownColumn,
  MappedRows,
  Sheet,
  SourceRow,
} from "./format.ts";
import { type ChosenLocations, chooseLocations } from "./locations.ts";
import { byHandle, itemColumns, productOf, type ShopifyVariant } from "./shopify-items.ts";

const known = {
  ...itemColumns,
  location: { names: ["Location"], becomes: "the choice of a location" },
  available: { names: ["Available"], becomes: "unitsInStock" },
} as const satisfies Record<string, KnownColumn>;

type Key = keyof typeof known;

/** Headings of other columns. In older files, each heading that is none of these is a location. */
const others = new Set(
  [
    "Option1 Linked To",
    "Option2 Linked To",
    "Option3 Linked To",
    "HS Code",
    "COO",
    "Barcode",
    "Bin name",
    "Incoming",
    "Unavailable",
    "Committed",
    "On hand",
    "On hand (current)",
    "On hand (new)",
  ].map(plainHeading),
);

const notStocked = "not stocked";

/** The export of inventory. */
export const shopifyInventory: FileKind = {
  format: "shopify",
  title: "Shopify's export of inventory",
  marks: [
    itemColumns.handle.names,
    itemColumns.title.names,
    itemColumns.option1Value.names,
    ["SKU"],
  ],
  updatesOnly: false,
  *map(sheet: Sheet, choices: FormatChoices): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const counts = columns.has("location") ? inRows(columns, sheet) : inColumns(columns, sheet);
    const place = { line: sheet.headLine, column: columns.heading("location") };
    const chosen = chooseLocations(counts.locations, choices.location, place);
    const faults = [...counts.faults, ...(chosen.ok ? [] : [chosen.fault])];
    const rows = [];
    for (const [handle, group] of byHandle(columns, sheet.rows)) {
      const variants = itemsOf(columns, group).map((item) =>
        variantOf(columns, item, counts, chosen),
      );
      rows.push(...productOf(columns, handle, group, variants, undefined));
      yield;
    }
    return {
      // Without a choice there are no counts, and their lack would be a fault of each row.
      rows: chosen.ok ? rows : [],
      faults: [...columns.faults, ...faults],
      notes: columns.notes,
      columns: counts.uses(columns.uses),
      locations: counts.locations,
    };
  },
};

/** Where the counts are in a file. */
type Counts = {
  readonly locations: readonly string[];
  readonly faults: MappedRows["faults"];
  /** The counts of a row by location. `heading` and `text` are the cell's. */
  readonly of: (
    row: SourceRow,
  ) => readonly { readonly location: string; readonly units: number | null }[];
  readonly uses: (uses: readonly ColumnUse[]) => readonly ColumnUse[];
};

function inRows(columns: Columns<Key>, { rows, headLine }: Sheet): Counts {
  const locations = [...new Set(rows.map((row) => columns.text(row, "location")))].filter(
    (name) => name !== "",
  );
  const column = columns.heading("available");
  const detail =
    "Expected the column Available, which has the units that can be sold. Export all quantities of the inventory.";
  return {
    locations,
    faults: columns.has("available") ? [] : [{ line: headLine, column, detail }],
    of: (row) => [
      { location: columns.text(row, "location"), units: countOf(columns, row, "available") },
    ],
    uses: (uses) => uses,
  };
}

function inColumns(columns: Columns<Key>, sheet: Sheet): Counts {
  const isLocation = (column: string, index: number): boolean =>
    columns.uses[index]?.becomes === null && column !== "" && !others.has(plainHeading(column));
  const locations = columns.has("available") ? [] : sheet.head.filter(isLocation);
  const keyed = Object.fromEntries(
    locations.map((name) => [name, { names: [name], becomes: "unitsInStock, at this location" }]),
  );
  const byLocation = findColumns(sheet, keyed);
  return {
    locations,
    get faults() {
      return byLocation.faults;
    },
    of: (row) =>
      columns.has("available")
        ? [{ location: "", units: countOf(columns, row, "available") }]
        : locations.map((location) => ({ location, units: countOf(byLocation, row, location) })),
    uses: (uses) =>
      uses.map((use, index) => (use.becomes === null ? (byLocation.uses[index] ?? use) : use)),
  };
}

function countOf<Name extends string>(
  columns: Columns<Name>,
  row: SourceRow,
  key: Name,
): number | null {
  return columns.text(row, key).toLowerCase() === notStocked ? null : columns.units(row, key);
}

/** The rows of a handle by item: the rows of one item have the same SKU and options. */
function itemsOf(columns: Columns<Key>, rows: readonly SourceRow[]): readonly SourceRow[][] {
  const items = new Map<string, SourceRow[]>();
  for (const row of rows) {
    const keys = ["sku", "option1Value", "option2Value", "option3Value"] as const;
    const item = JSON.stringify(keys.map((key) => columns.text(row, key)));
    const sameItem = items.get(item);
    if (sameItem === undefined) items.set(item, [row]);
    else sameItem.push(row);
  }
  return [...items.values()];
}

function variantOf(
  columns: Columns<Key>,
  rows: readonly SourceRow[],
  counts: Counts,
  chosen: ChosenLocations,
): ShopifyVariant {
  const [row = { line: 1, cells: [] }] = rows;
  const found = rows
    .flatMap((one) => counts.of(one))
    .filter(({ location }) => chosen.ok && chosen.isCounted(location));
  const seen = new Set<string>();
  for (const { location } of found) {
    if (seen.has(location)) {
      const detail = "Expected one row for each item and location; this item has several.";
      columns.fault(row, "location", detail);
    }
    seen.add(location);
  }
  const units = found.flatMap((count) => (count.units === null ? [] : [count.units]));
  const isCounted = units.length > 0;
  if (!isCounted && chosen.ok) {
    columns.note(row, "sku", "No count: this item is not stocked at the chosen location.");
  }
  return {
    row,
    lines: rows.map(({ line }) => line),
    units: isCounted ? units.reduce((sum, count) => sum + count, 0) : undefined,
    isTracked: undefined,
    isSoldBelowZero: undefined,
  };
}
