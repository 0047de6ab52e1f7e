// Collects the faults of a file: it counts all, and keeps the first ones.

/** The most faults that are kept. A file may have one in every cell. */
export const faultsMax = 100;

/** A fault of a line of the file. A fault of the whole file has line 1, the header. */
export type FileFault = {
  readonly line: number;
  readonly column: string | null;
  readonly detail: string;
};

/** The first faults, by line, and the number of all faults. */
export type Faults = { readonly first: readonly FileFault[]; readonly count: number };

/** Collects faults. */
export type FaultList = {
  add(...faults: readonly FileFault[]): void;
  faults(): Faults;
};

/** Creates a list that keeps at most `faultsMax` faults. */
export function createFaultList(): FaultList {
  const first: FileFault[] = [];
  let count = 0;
  return {
    add(...faults) {
      count += faults.length;
      first.push(...faults.slice(0, faultsMax - first.length));
    },
    faults: () => ({ first, count }),
  };
}

/** Merges lists, in the order of the file. */
export function mergeFaults(...lists: readonly Faults[]): Faults {
  const all = lists.flatMap(({ first }) => first).toSorted((a, b) => a.line - b.line);
  return {
    first: all.slice(0, faultsMax),
    count: lists.reduce((sum, { count }) => sum + count, 0),
  };
}
