// Maps a file of another system to rows of products.

import { comparedText } from "../../domain/compared-text.ts";
import type { FileFault } from "../../domain/product-file/fault-list.ts";
import type {
  ColumnUse,
  FileKind,
  FileSource,
  FormatChoices,
  Sheet,
} from "../../domain/product-file/formats/format.ts";
import type { FileRow } from "../../domain/product-file/product-file.ts";
import { type Admission, createAdmission } from "./admit-rows.ts";

/** What was read of a file in any format. */
export type ReadContent = Pick<FileSource, "title" | "columns" | "locations"> & {
  readonly admission: Admission;
  readonly updatesOnly: boolean;
};

/** Maps the rows of a sheet of this kind, and checks their SKUs. */
export function* mapOtherFile(
  { file }: { readonly file: FileKind },
  sheet: Sheet,
  choices: FormatChoices,
): Generator<undefined, ReadContent> {
  const { rows, faults, notes, columns, locations } = yield* file.map(sheet, choices);
  const admission = createAdmission((column) => headingOf(columns, column) ?? column);
  admission.faults.add(...faults);
  admission.notes.add(...notes);
  const faultyLines = new Set(faults.map(({ line }) => line));
  for (const row of rows) {
    const compared = withComparedSkus(row);
    const isFaulty = linesOf(row).some((line) => faultyLines.has(line));
    if (isFaulty) admission.faulty.add(compared.sku);
    else admission.admit(compared, compared.sku, []);
    yield;
  }
  if (rows.length === 0 && faults.length === 0 && sheet.rows.length > 0) {
    admission.faults.add(nothingFound(sheet));
  }
  const { title, updatesOnly } = file;
  return { admission, title, columns, locations, updatesOnly };
}

/** All lines of the file that a row was made of. */
export const linesOf = ({ line, lines }: FileRow): readonly number[] => lines ?? [line];

function withComparedSkus(row: FileRow): FileRow {
  const variantOf = row.variantOf === null ? null : comparedText(row.variantOf);
  return { ...row, sku: comparedText(row.sku), variantOf };
}

/** The file's own heading of the first column that becomes a field; undefined if there is none. */
export function headingOf(columns: readonly ColumnUse[], field: string): string | undefined {
  const begins = columns.filter(({ becomes }) => becomes?.split(/[^\w]/)[0] === field);
  return (begins.find(({ becomes }) => becomes === field) ?? begins[0])?.column;
}

const nothingFound = ({ headLine }: Sheet): FileFault => ({
  line: headLine,
  column: null,
  detail: "Expected rows of products; every row of the file is left out.",
});
