// Magento's export of stock sources (System, Export, Stock Sources): a row for each SKU and source, which is a location.

import type { FileRow } from "../product-file.ts";
import { findColumns } from "./columns.ts";
import type {
  FileKind,
  FormatChoices,
  KnownColumn,
  MappedRows,
  Sheet,
  SourceRow,
} from "./format.ts";
import { chooseLocations } from "./locations.ts";
import { productRow } from "./product-row.ts";

const known = {
  source: { names: ["source_code"], becomes: "the choice of a location" },
  sku: { names: ["sku"], becomes: "sku" },
  status: { names: ["status"], becomes: "units are not counted if 0" },
  units: { names: ["quantity"], becomes: "unitsInStock" },
} as const satisfies Record<string, KnownColumn>;

const statuses = { "0": false, "1": true };

/** The export of source items. */
export const magentoSources: FileKind = {
  format: "magento",
  title: "Magento's export of stock sources",
  marks: [known.source.names, known.sku.names, known.units.names],
  updatesOnly: true,
  *map(sheet: Sheet, choices: FormatChoices): Generator<undefined, MappedRows> {
    const columns = findColumns(sheet, known);
    const bySku = new Map<string, SourceRow[]>();
    for (const row of sheet.rows) {
      const sku = columns.text(row, "sku");
      if (sku === "") columns.fault(row, "sku", "Expected a SKU; got nothing.");
      else if (bySku.has(sku)) bySku.get(sku)?.push(row);
      else bySku.set(sku, [row]);
    }
    const named = sheet.rows.map((row) => columns.text(row, "source"));
    const locations = [...new Set(named)].filter((name) => name !== "");
    const place = { line: sheet.headLine, column: columns.heading("source") };
    const chosen = chooseLocations(locations, choices.location, place);
    const rows: FileRow[] = [];
    for (const [sku, group] of bySku) {
      const seen = new Set<string>();
      const counts: number[] = [];
      for (const row of group) {
        const source = columns.text(row, "source");
        if (seen.has(source)) {
          columns.fault(row, "source", "Expected each SKU once for a source.");
        }
        seen.add(source);
        const units = columns.units(row, "units") ?? 0;
        const isIn = columns.word(row, "status", statuses) ?? true;
        if (!chosen.ok || !chosen.isCounted(source)) continue;
        if (!isIn && units !== 0) {
          columns.note(
            row,
            "status",
            `Not counted: ${units} units at a source that is out of stock.`,
          );
        }
        counts.push(isIn ? units : 0);
      }
      const unitsInStock = counts.reduce((sum, count) => sum + count, 0);
      const lines = group.map(({ line }) => line);
      if (counts.length > 0) rows.push(productRow(lines, sku, null, { unitsInStock }));
      yield;
    }
    const faults = chosen.ok ? columns.faults : [...columns.faults, chosen.fault];
    return { rows, faults, notes: columns.notes, columns: columns.uses, locations };
  },
};
