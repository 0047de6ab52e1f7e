// A number field as a form holds it, and what is wrong with it. Pure, so that a form can ask before it is sent.

import { unitsMax } from "../../contract/stock.ts";
import { number, numberStyle } from "../words/numbers.ts";
import { readWholeNumber } from "../words/read-whole-number.ts";

/** What a number field holds: a number, "" if it is empty, or a text that it can't take as a number. */
export type NumberField = number | string;

/** The smallest and the largest number that a field takes. */
export type UnitsLimits = { readonly min: number; readonly max: number };

/** A count or a level, which may be below zero. */
export const anyUnits: UnitsLimits = { min: -unitsMax, max: unitsMax };

/** A quantity of what came or went. */
export const noNegativeUnits: UnitsLimits = { min: 0, max: unitsMax };

/** What a form holds for a text. */
export function toNumberField(text: string, limits: UnitsLimits): NumberField {
  const read = readWholeNumber(text, numberStyle);
  if (read.kind === "empty") return "";
  return read.kind === "number" && rangeFault(read.value, limits) === null ? read.value : text;
}

/** Why a field can't be sent, in words for whoever filled it in; null if it is a number or empty. */
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
