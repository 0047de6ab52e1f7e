// The attributes of WooCommerce's variations: pairs of columns such as "Attribute 1 name" and "Attribute 1 value(s)".

import { plainText } from "../spreadsheet-marks.ts";
import { plainHeading, visibleName } from "./columns.ts";
import type { ColumnUse, Sheet, SourceRow } from "./format.ts";

/** Reads attributes of rows, and says what their columns become. */
export type Attributes = {
  /** The options of a variation; undefined if it has none. */
  of(row: SourceRow): Readonly<Record<string, string>> | undefined;
  uses(uses: readonly ColumnUse[]): readonly ColumnUse[];
};

const heading = /^attribute (\d+) (name|value\(s\))$/;

/** Finds the columns of attributes in a header. */
export function attributesOf({ head }: Sheet): Attributes {
  const names = new Map<string, number>();
  const values = new Map<string, number>();
  for (const [place, column] of head.entries()) {
    const [, number, part] = heading.exec(plainHeading(column)) ?? [];
    if (number !== undefined) (part === "name" ? names : values).set(number, place);
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
