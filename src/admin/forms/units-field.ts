// The value of a number field in a form, and its faults. Pure, so that a form can check it before it is sent.

import { unitsMax } from "../../contract/stock.ts";
import { leadDaysMax, packSizeMax } from "../../domain/forecast/reorder.ts";
import { forms as text } from "../words/en/forms.tsx";
import { numberStyle } from "../words/numbers.ts";
import { readWholeNumber } from "../words/read-whole-number.ts";

/** The value of a number field: a number, "" if it is empty, or a text that can't be read as a number. */
export type NumberField = number | string;

/** The smallest and the largest number that a field accepts. */
export type UnitsLimits = { readonly min: number; readonly max: number };

/** A count or a level, which may be below zero. */
export const anyUnits: UnitsLimits = { min: -unitsMax, max: unitsMax };

/** A quantity that was received, removed or returned. */
export const noNegativeUnits: UnitsLimits = { min: 0, max: unitsMax };

/** The days from an order to its arrival. */
export const leadDaysLimits: UnitsLimits = { min: 0, max: leadDaysMax };

/** The units of a pack. */
export const packSizeLimits: UnitsLimits = { min: 1, max: packSizeMax };

/** Converts a typed text to the field's value. */
export function toNumberField(typed: string, limits: UnitsLimits): NumberField {
  const read = readWholeNumber(typed, numberStyle());
  if (read.kind === "empty") return "";
  return read.kind === "number" && rangeFault(read.value, limits) === null ? read.value : typed;
}

/** Returns why a field can't be sent, as a sentence for the person; null if it is a number or empty. */
export function unitsFault(field: NumberField, limits: UnitsLimits): string | null {
  if (typeof field === "number") return rangeFault(field, limits);
  const read = readWholeNumber(field, numberStyle());
  if (read.kind === "fault") return read.text;
  return read.kind === "number" ? rangeFault(read.value, limits) : null;
}

function rangeFault(value: number, { min, max }: UnitsLimits): string | null {
  if (value > max) return text.units.tooLarge(max);
  if (value >= min) return null;
  return min === 0 ? text.units.belowZero : text.units.tooSmall(min);
}
