// Reads the sales of a file of real orders, as days. A file without a column of dates has days of equally many orders, in
// the file's order.

import { createCsvReader } from "../../src/csv/csv-reader.ts";
import { delimiterOf } from "../../src/csv/delimiter-of.ts";

/** A line of an order: units of an item, on a day that is counted from 0. `at` is the part of the day that has passed. */
export type Sale = {
  readonly sku: string;
  readonly day: number;
  readonly at: number;
  readonly units: number;
};

/** The sales of a file, oldest first. */
export type SalesHistory = { readonly sales: readonly Sale[]; readonly days: number };

/** The names of the columns. Without `date`, a day has `ordersPerDay` orders. */
export type SalesFormat = {
  readonly order: string;
  readonly sku: string;
  readonly quantity: string;
  readonly date: string | undefined;
  readonly ordersPerDay: number;
};

type Row = {
  readonly order: string;
  readonly sku: string;
  readonly units: number;
  readonly date: string;
};

/**
 * Reads the sales. Cancellations, which have no positive quantity, and codes without a digit, such as postage, are left
 * out. Throws if a column is missing.
 */
export function readSales(text: string, format: SalesFormat): SalesHistory {
  const rows = readRows(text, format);
  return format.date === undefined ? cutIntoDays(rows, format.ordersPerDay) : byDate(rows);
}

function readRows(text: string, format: SalesFormat): Row[] {
  const csv = {
    delimiter: delimiterOf(text),
    quotes: "standard",
    columnsMax: 100,
    rowCharactersMax: 100_000,
  } as const;
  const reader = createCsvReader(csv);
  const [head, ...records] = [...reader.push(text), ...reader.end()];
  if (head?.kind !== "head") throw new Error("Expected a header and rows; the file has none.");
  const place = (column: string): number => {
    const index = head.cells.indexOf(column);
    if (index < 0)
      throw new Error(`Expected a column "${column}"; there are ${head.cells.join(", ")}.`);
    return index;
  };
  const [order, sku, quantity] = [place(format.order), place(format.sku), place(format.quantity)];
  const date = format.date === undefined ? -1 : place(format.date);
  return records.flatMap((record) => {
    if (record.kind !== "row") return [];
    const units = Number(record.cells[quantity]);
    const row = { order: record.cells[order] ?? "", sku: record.cells[sku] ?? "", units };
    const isSale = units > 0 && /\d/.test(row.sku);
    return isSale ? [{ ...row, date: record.cells[date] ?? "" }] : [];
  });
}

function cutIntoDays(rows: readonly Row[], ordersPerDay: number): SalesHistory {
  const places = new Map<string, number>();
  for (const { order } of rows) if (!places.has(order)) places.set(order, places.size);
  // Orders that do not fill the last day are left out.
  const days = Math.floor(places.size / ordersPerDay);
  const sales = rows.flatMap(({ order, sku, units }) => {
    const place = (places.get(order) ?? 0) / ordersPerDay;
    const day = Math.floor(place);
    return day < days ? [{ sku, units, day, at: place - day }] : [];
  });
  return { sales, days };
}

const dayMs = 86_400_000;

function byDate(rows: readonly Row[]): SalesHistory {
  const times = rows.map(({ date }) => Date.parse(date));
  const unread = times.findIndex(Number.isNaN);
  if (unread >= 0) throw new Error(`Expected a date and time; got "${rows[unread]?.date ?? ""}".`);
  const first = Math.floor(times.reduce((least, time) => Math.min(least, time), Infinity) / dayMs);
  const sales = rows
    .map(({ sku, units }, index) => {
      const time = (times[index] ?? 0) / dayMs;
      return { sku, units, day: Math.floor(time) - first, at: time - Math.floor(time) };
    })
    .toSorted((a, b) => a.day + a.at - b.day - b.at);
  return { sales, days: (sales.at(-1)?.day ?? -1) + 1 };
}
