// Numbers as text in the reader's language.

import { numberFormat } from "./formats.ts";
import { type NumberStyle, numberStyleOf } from "./read-whole-number.ts";

/** The separators of the reader's language. */
export const numberStyle = (): NumberStyle => numberStyleOf(numberFormat());

/** A number with separators: 12,345. */
export function number(value: number): string {
  return numberFormat().format(value);
}

/** A change with its sign: +5, −3, 0. */
export function change(value: number): string {
  return numberFormat({ signDisplay: "exceptZero" }).format(value).replace("-", "−");
}

/** A counted thing: 1 unit, 2 units. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}
