// The attributes of WooCommerce's variations: pairs of columns such as "Attribute 1 name" and "Attribute 1 value(s)".

import { plainText } from "../spreadsheet-marks.ts";
import { plainHeading, visibleName } from "./columns.ts";
import type { ColumnUse, Sheet, SourceRow } from "./format.ts";
import { attributeName, attributeValues } from "./woocommerce-headings.ts";

/** Reads attributes of rows, and says what their columns become. */
export type Attributes = {
  /** The options of a variation; undefined if it has none. */
  of(row: SourceRow): Readonly<Record<string, string>> | undefined;
  uses(uses: readonly ColumnUse[]): readonly ColumnUse[];
};

/** Finds the columns of attributes in a header. */
export function attributesOf({ head }: Sheet): Attributes {
  const names = new Map<string, number>();
  const values = new Map<string, number>();
  for (const [place, column] of head.entries()) {
    const plain = plainHeading(column);
    const name = numberIn(attributeName, plain);
    const value = numberIn(attributeValues, plain);
    if (name !== undefined) names.set(name, place);
    if (value !== undefined) values.set(value, place);
  }
  const used = new Set([...names.values(), ...values.values()]);
  return {
    of({ cells }) {
      const text = (place: number | undefined) => visibleName(plainText(cells[place ?? -1] ?? ""));
      const options = [...names].flatMap(([number, place]) => {
        const [name, value] = [text(place), text(values.get(number))];
        return name === "" || value === "" ? [] : [[name, value] as const];
      });
      return options.length === 0 ? undefined : Object.fromEntries(options);
    },
    uses: (uses) =>
      uses.map((use, place) =>
        used.has(place) ? { ...use, becomes: "options, of variations" } : use,
      ),
  };
}

/** The number in a heading of an attribute: each language has a group of its own. */
const numberIn = (pattern: RegExp, plain: string): string | undefined =>
  pattern
    .exec(plain)
    ?.slice(1)
    .find((group) => group !== undefined);
