// The values of the forms that receive units and announce deliveries: what they hold, and what is sent.

import {
  toNumberField,
  type NumberField,
  unitsFault,
  type UnitsLimits,
} from "../forms/units-field.ts";
import { unitsMax } from "../../contract/stock.ts";
import { arrival as words } from "../words/en/receiving/arrival.tsx";

const text = words.missing;

/** An item of the form, with the units that were typed. */
export type ArrivalLine = {
  readonly sku: string;
  readonly name: string;
  readonly units: NumberField;
};

/** The values. With the way `file` the items are the rows of `csv`. */
export type Arrival = {
  readonly reference: string;
  readonly supplier: string;
  readonly note: string;
  readonly way: "items" | "file";
  readonly lines: readonly ArrivalLine[];
  readonly csv: string;
};

/** An empty form. */
export const emptyArrival: Arrival = {
  reference: "",
  supplier: "",
  note: "",
  way: "items",
  lines: [],
  csv: "",
};

/** The units that an item accepts. An item with 0 units is left out. */
export const arrivalLimits: UnitsLimits = { min: 0, max: unitsMax };

/** The items that have units, with the places that they have in what is sent. */
export function sentLines({ lines }: Arrival): readonly { sku: string; units: number }[] {
  return lines.flatMap(({ sku, units }) => {
    const field = toNumberField(String(units), arrivalLimits);
    return typeof field === "number" && field > 0 ? [{ sku, units: field }] : [];
  });
}

/** What is missing or wrong before the form can be sent, as a sentence; null if nothing is. */
export function missingFrom(arrival: Arrival, referenceLabel: string): string | null {
  const { reference, way, csv, lines } = arrival;
  if (reference.trim() === "") return text.field(referenceLabel);
  if (way === "file") return csv.trim() === "" ? text.file : null;
  const unread = lines.find(({ units }) => unitsFault(units, arrivalLimits) !== null);
  if (unread !== undefined) return text.units(unread.name);
  return sentLines(arrival).length > 0 ? null : text.items;
}

/** What is sent to the API. */
export function bodyOf(arrival: Arrival) {
  const [reference, supplier, note] = [arrival.reference, arrival.supplier, arrival.note].map(
    (typed) => typed.trim(),
  );
  return {
    reference,
    ...(supplier === "" ? {} : { supplier }),
    ...(note === "" ? {} : { note }),
    ...(arrival.way === "file" ? { csv: arrival.csv } : { lines: sentLines(arrival) }),
  };
}

/** Adds an item, if the form doesn't have it yet. */
export function withLine(arrival: Arrival, line: ArrivalLine): Arrival {
  if (arrival.lines.some(({ sku }) => sku === line.sku)) return arrival;
  return { ...arrival, lines: [...arrival.lines, line] };
}
