// Recognises an order report by its header, and finds its columns.

import { amazonLayouts } from "./amazon.ts";
import type { ReportLayout, ReportName, ReportRole } from "./order-report.ts";
import { shopifyLayouts } from "./shopify.ts";
import { woocommerceLayouts } from "./woocommerce.ts";

/** A layout and the columns that a file has of it, named as in the file's header. */
export type RecognisedReport = {
  readonly name: ReportName;
  readonly layout: ReportLayout;
  readonly columns: ReadonlyMap<ReportRole, string>;
};

const layouts: Readonly<Record<ReportName, readonly ReportLayout[]>> = {
  shopify: shopifyLayouts,
  woocommerce: woocommerceLayouts,
  amazon: amazonLayouts,
};

const systems: readonly ReportName[] = ["shopify", "woocommerce", "amazon"];

/**
 * Finds the report that the header is of; `name` limits it to one system. The case of letters does not matter. Null if
 * it is none, or if it could be of more than one system.
 */
export function recogniseReport(
  header: readonly string[],
  name?: ReportName,
): RecognisedReport | null {
  const found = systems
    .filter((system) => name === undefined || system === name)
    .flatMap((system) => firstMatch(header, system) ?? []);
  const [only, other] = found;
  return only === undefined || other !== undefined ? null : only;
}

/**
 * What each layout of a system's report needs and the header lacks, as `title: expected columns ...`. An order with all
 * of its items in one cell gets the advice to export it with one row per item.
 */
export function describeMissing(header: readonly string[], name: ReportName): string[] {
  const packed = header.find((column) => /^line_items?(?:_\d+)?$/i.test(column));
  if (name === "woocommerce" && packed !== undefined) {
    return [
      `expected one row per item; the column "${packed}" has items of an order in one cell. Export the orders with one row per item.`,
    ];
  }
  return layouts[name].map(({ title, columns, required }) => {
    const missing = required.filter((role) => columnOf(header, columns[role]) === undefined);
    const names = missing.map((role) =>
      (columns[role] ?? []).map((one) => `"${one}"`).join(" or "),
    );
    return `${title}: expected the ${names.length === 1 ? "column" : "columns"} ${names.join(", ")}`;
  });
}

function firstMatch(header: readonly string[], name: ReportName): RecognisedReport | undefined {
  for (const layout of layouts[name]) {
    const columns = columnsOf(header, layout);
    if (layout.required.every((role) => columns.has(role))) return { name, layout, columns };
  }
  return undefined;
}

const roles: readonly ReportRole[] = [
  "reference",
  "sku",
  "quantity",
  "name",
  "date",
  "status",
  "lineStatus",
  "cancelledAt",
];

function columnsOf(header: readonly string[], { columns }: ReportLayout): Map<ReportRole, string> {
  const found = new Map<ReportRole, string>();
  for (const role of roles) {
    const column = columnOf(header, columns[role]);
    if (column !== undefined) found.set(role, column);
  }
  return found;
}

function columnOf(
  header: readonly string[],
  names: readonly string[] | undefined,
): string | undefined {
  for (const name of names ?? []) {
    const column = header.find((one) => one.toLowerCase() === name.toLowerCase());
    if (column !== undefined) return column;
  }
  return undefined;
}
