// Collects what is wrong with a file: how much it is, and as much of it as a person reads.

/** As many faults as are told: a file may have one in every cell. */
export const faultsMax = 100;

/** What is wrong with the file: with a line of it, or with all of it if the line is 1, its head. */
export type FileFault = {
  readonly line: number;
  readonly column: string | null;
  readonly detail: string;
};

/** The first faults, by line, and how many there are in all. */
export type Faults = { readonly first: readonly FileFault[]; readonly count: number };

/** A list that is being made. */
export type FaultList = {
  add(...faults: readonly FileFault[]): void;
  faults(): Faults;
};

/** Creates a list that keeps as many faults as are told, whatever comes. */
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

/** Several lists as one, in the order of the file. */
export function mergeFaults(...lists: readonly Faults[]): Faults {
  const all = lists.flatMap(({ first }) => first).toSorted((a, b) => a.line - b.line);
  return {
    first: all.slice(0, faultsMax),
    count: lists.reduce((sum, { count }) => sum + count, 0),
  };
}
