// The texts that all lists share.

import { count, number } from "../numbers.ts";

/** What the rows of a list are. */
export type RowKind = "item" | "order" | "alert";

export const lists = {
  chosen: {
    title: "The chosen rows",
    rows: (chosen: number) => `${number(chosen)} chosen`,
    none: "Choose none",
    all: "Choose all that are shown",
    one: (name: string) => `Choose ${name}`,
  },
  sort: {
    by: "Sort by",
    ascending: (column: string) => `${column}, ascending`,
    descending: (column: string) => `${column}, descending`,
    /** Read after the name of a column. */
    toAscending: ", sort ascending",
    toDescending: ", sort descending",
  },
  export: "Export as CSV",
  showMore: "Show more",
  refused: {
    title: (refused: number, all: number, kind: RowKind) =>
      `${number(refused)} of ${count(all, kind)} could not be changed`,
    more: (left: number) => `and ${number(left)} more`,
  },
  search: {
    label: (fields: string) => `Search: ${fields}`,
    clear: "Clear the search",
  },
};
