// Admits rows to a product file: it checks their SKUs, whichever format they come from.

import { skuSchema } from "../../contract/sku.ts";
import {
  createFaultList,
  type FaultList,
  type FileFault,
} from "../../domain/product-file/fault-list.ts";
import type { FileRow } from "../../domain/product-file/product-file.ts";
import { damageOf, shortenedCodes } from "../../domain/product-file/spreadsheet-marks.ts";
import { quoted } from "../../domain/quoted.ts";

/** The rows of a file that were admitted so far, and what was found about them. */
export type Admission = {
  /** Takes a row with the faults that it has already. `row` is null if it can't be used. */
  admit(row: FileRow | null, sku: string | null, faults: readonly FileFault[]): void;
  /** Notes the codes that a spreadsheet may have shortened. Call it after the last row. */
  finish(): void;
  readonly rows: FileRow[];
  readonly faulty: Set<string>;
  readonly faults: FaultList;
  readonly notes: FaultList;
};

/** Creates an admission of the rows of one file. `headingOf` gives the file's own name of a column. */
export function createAdmission(headingOf: (column: "sku" | "variantOf") => string): Admission {
  const rows: FileRow[] = [];
  const faulty = new Set<string>();
  const [faults, notes] = [createFaultList(), createFaultList()];
  /** The line of each SKU. */
  const seen = new Map<string, number>();

  function skuFaults(row: FileRow): FileFault[] {
    const { sku, variantOf, line } = row;
    const found = [
      ...(sku === "" ? [] : checkSku(sku, { line, column: headingOf("sku") })),
      ...(variantOf === null ? [] : checkSku(variantOf, { line, column: headingOf("variantOf") })),
    ];
    const damage = damageOf(sku);
    const place = { line, column: headingOf("sku") };
    if (damage?.isLost === true) return [...found, { ...place, detail: damage.detail }];
    if (damage !== null) notes.add({ ...place, detail: damage.detail });
    return found;
  }

  return {
    admit(row, sku, rowFaults) {
      const found = [...rowFaults, ...(row === null ? [] : skuFaults(row))];
      const line = row?.line ?? rowFaults[0]?.line ?? 1;
      if (sku !== null && sku !== "") {
        const first = seen.get(sku);
        if (first === undefined) seen.set(sku, line);
        else {
          const detail = `Expected each SKU once; ${quoted(sku)} is in line ${first} already. Remove one of the rows, or give one another SKU.`;
          found.push({ line, column: headingOf("sku"), detail });
        }
      }
      if (row !== null && found.length === 0) rows.push(row);
      else if (sku !== null) faulty.add(sku);
      faults.add(...found);
    },
    finish() {
      const short = shortenedCodes(rows.map(({ sku }) => sku));
      for (const { sku, line } of rows) {
        if (!short.has(sku)) continue;
        const detail = `${quoted(sku)} is shorter than nearly all other codes of digits. Did a spreadsheet remove zeros at its beginning?`;
        notes.add({ line, column: headingOf("sku"), detail });
      }
    },
    rows,
    faulty,
    faults,
    notes,
  };
}

/** Checks a SKU before the schemas do, because it is looked up first, and the database refuses some texts. */
function checkSku(sku: string, place: Pick<FileFault, "line" | "column">): FileFault[] {
  const parsed = skuSchema.safeParse(sku);
  if (parsed.success) return [];
  const expected = parsed.error.issues[0]?.message ?? "expected a SKU";
  return [{ ...place, detail: `The SKU: ${expected}; got ${quoted(sku)}.` }];
}
