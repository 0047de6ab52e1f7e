// The value of a number field in a form, and its faults. Pure, so that a form can check it before it is sent.

import { unitsMax } from "../../contract/stock.ts";
import { number, numberStyle } from "../words/numbers.ts";
import { readWholeNumber } from "../words/read-whole-number.ts";

/** The value of a number field: a number, "" if it is empty, or a text that can't be read as a number. */
export type NumberField = number | string;

/** The smallest and the largest number that a field accepts. */
export type UnitsLimits = { readonly min: number; readonly max: number };

/** A count or a level, which may be below zero. */
export const anyUnits: UnitsLimits = { min: -unitsMax, max: unitsMax };

/** A quantity that was received, removed or returned. */
export const noNegativeUnits: UnitsLimits = { min: 0, max: unitsMax };

/** Converts a typed text to the field's value. */
export function toNumberField(text: string, limits: UnitsLimits): NumberField {
  const read = readWholeNumber(text, numberStyle);
  if (read.kind === "empty") return "";
  return read.kind === "number" && rangeFault(read.value, limits) === null ? read.value : text;
}

/** Returns why a field can't be sent, as a sentence for the person; null if it is a number or empty. */
export function unitsFault(field: NumberField, limits: UnitsLimits): string | null {
  if (typeof field === "number") return rangeFault(field, limits);
  const read = readWholeNumber(field, numberStyle);
  if (read.kind === "fault") return read.text;
  return read.kind === "number" ? rangeFault(read.value, limits) : null;
}

function rangeFault(value: number, { min, max }: UnitsLimits): string | null {
  if (value > max) return `That is too large. Type ${number(max)} or less.`;
  if (value >= min) return null;
  return min === 0 ? "Type 0 or more." : `That is too small. Type ${number(min)} or more.`;
}
