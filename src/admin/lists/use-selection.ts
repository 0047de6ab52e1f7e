// Which rows of a list are chosen for an action on many at once.

import { useState } from "react";

/** The chosen rows of a list. */
export type Selection<Row> = {
  readonly chosen: readonly Row[];
  readonly isChosen: (row: Row) => boolean;
  /** Whether a row can be chosen at all. */
  readonly isChoosable: (row: Row) => boolean;
  readonly choose: (rows: readonly Row[], isOn: boolean) => void;
  readonly clear: () => void;
  /** The row's name, for the label of its check box. */
  readonly nameOf: (row: Row) => string;
};

type SelectionOptions<Row> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  readonly isChoosable?: (row: Row) => boolean;
};

/** Creates the selection. A row that leaves the list, as after another search, is no longer chosen. */
export function useSelection<Row>(options: SelectionOptions<Row>): Selection<Row> {
  const { rows, keyOf, nameOf, isChoosable = () => true } = options;
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  return {
    chosen: rows.filter((row) => keys.has(keyOf(row)) && isChoosable(row)),
    isChosen: (row) => keys.has(keyOf(row)),
    isChoosable,
    nameOf,
    choose: (some, isOn) => {
      const shown = new Set(rows.map(keyOf));
      const next = new Set([...keys].filter((key) => shown.has(key)));
      for (const row of some) {
        if (isOn) next.add(keyOf(row));
        else next.delete(keyOf(row));
      }
      setKeys(next);
    },
    clear: () => setKeys(new Set()),
  };
}
