// What an invariant is. Each one is a query, and each row of its result is a violation. The queries share nothing with
// the code that writes the books. Each looks at one order or at one level alone, and a transaction writes all of that at
// once. So every query may see the database as of another moment, and none needs a snapshot that lasts.

/** A condition on a column with ids of orders: those that the query looks at. */
export type Among = (column: string) => string;

/** An invariant. `key` names it in metrics and JSON, and never changes; `name` says it. */
export type Invariant = { readonly key: string; readonly name: string } & (
  | {
      /** Violations among the movements with ids after `$1`, up to `$2`. */
      readonly over: "ledger";
      readonly faults: string;
    }
  | {
      /** Violations among some orders. */
      readonly over: "orders";
      readonly faults: (among: Among) => string;
    }
  | {
      /** Violations anywhere. Such a query reads a row or two of each level, or only rows that need attention. */
      readonly over: "levels";
      readonly faults: string;
    }
);
