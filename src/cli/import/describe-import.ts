// Writes what an import did, or would do, as text: how the file was read, and a line for each row.

import type { ImportReportReply } from "../../contract/product-file.ts";
import type { FileSource } from "../../domain/product-file/formats/format.ts";
import type { FileFault } from "../../domain/product-file/fault-list.ts";
import { counted, inColumns, section } from "../in-columns.ts";

type Product = ImportReportReply["products"][number];

/** How the file was read: its format, its columns, and notes about its rows. */
export function describeSource(source: FileSource, isGuessed: boolean): string[] {
  const { title, recognisedBy, columns, notes, isNamed } = source;
  const by = isNamed ? "as --format says" : `by its columns ${recognisedBy.join(", ")}`;
  const used = columns.flatMap(({ column, becomes }) =>
    becomes === null ? [] : [[column, becomes] as const],
  );
  const left = columns.flatMap(({ column, becomes }) => (becomes === null ? [column] : []));
  const more = notes.count - notes.first.length;
  return [
    `Read as ${title}, ${by}.`,
    ...(isGuessed
      ? ["Not in UTF-8, so read as Windows-1252. Check the letters, or name another --encoding."]
      : []),
    "",
    ...section("Columns", inColumns(used, 100)),
    ...section("Left out", left.length === 0 ? [] : [left.join(", ")]),
    ...section("Notes", [
      ...notes.first.map(describePlaced),
      ...(more > 0 ? [`and ${more} more`] : []),
    ]),
  ];
}

/** A fault or note with its place. */
export function describePlaced({ line, column, detail }: FileFault): string {
  return `line ${line}${column === null ? "" : `, ${column}`}: ${detail}`;
}

/** A line for each product that changes. */
export function describeProducts(products: readonly Product[]): string[] {
  return products.flatMap(({ sku, action, differences, refusal }) => {
    const changes = differences.map(
      ({ sku: item, field, from, to }) =>
        `${item === sku ? "" : `${item} `}${field} ${from === null ? "" : `${from} -> `}${to ?? "empty"}`,
    );
    const text = refusal === null ? changes.join("; ") : `refused: ${refusal}`;
    return inColumns([[action, sku, text]], 400);
  });
}

/** The counts of an import in one sentence. */
export function describeCounts(
  { created, updated, unchanged }: Pick<ImportReportReply, "created" | "updated" | "unchanged">,
  isDryRun: boolean,
): string {
  return isDryRun
    ? `${counted(created, "product")} to create, ${updated.toLocaleString("en")} to change, ${unchanged.toLocaleString("en")} unchanged.`
    : `${counted(created, "product")} created, ${updated.toLocaleString("en")} changed, ${unchanged.toLocaleString("en")} unchanged.`;
}
