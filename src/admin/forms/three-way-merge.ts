// Merges the changes that two people made to the same thing: the base that both started from, what is stored now, and
// what is in the form. Pure, so that the form's hook is only about React.

/** A form's values: plain data by field. */
export type FormValues = Record<string, unknown>;

/** One field that somebody else has changed. */
export type FieldChange<Values extends FormValues> = {
  readonly field: keyof Values & string;
  /** Whether the form has another change of the same field. */
  readonly isContested: boolean;
};

/** Whether two values of a form are equal. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Returns the fields whose stored value differs from the base. */
export function changesMeanwhile<Values extends FormValues>(
  base: Values,
  theirs: Values,
  mine: Values,
): FieldChange<Values>[] {
  return fieldsOf(base).flatMap((field) => {
    if (isSame(base[field], theirs[field])) return [];
    const isContested = !isSame(base[field], mine[field]) && !isSame(theirs[field], mine[field]);
    return [{ field, isContested }];
  });
}

/** Returns the stored values, with the fields that were changed in the form replaced. */
export function mergeMine<Values extends FormValues>(
  base: Values,
  theirs: Values,
  mine: Values,
): Values {
  const merged = { ...theirs };
  for (const field of fieldsOf(base)) {
    if (!isSame(base[field], mine[field])) merged[field] = mine[field];
  }
  return merged;
}

/** How to identify the entries of a list, and how to merge one that both changed. By default mine is kept. */
export type ListMerge<Entry> = {
  readonly keyOf: (entry: Entry) => string;
  readonly mergeEntry?: (base: Entry, theirs: Entry, mine: Entry) => Entry;
};

/**
 * Returns the stored list without the entries that I removed, and with those that I added or changed. Entries that
 * somebody else added stay. Entries that they removed are gone, unless I changed them.
 */
export function mergeLists<Entry>(
  base: readonly Entry[],
  theirs: readonly Entry[],
  mine: readonly Entry[],
  { keyOf, mergeEntry = (_base, _theirs, own) => own }: ListMerge<Entry>,
): Entry[] {
  const before = new Map(base.map((entry) => [keyOf(entry), entry]));
  const own = new Map(mine.map((entry) => [keyOf(entry), entry]));
  const stored = new Set(theirs.map(keyOf));
  const kept = theirs.flatMap((entry) => {
    const old = before.get(keyOf(entry));
    const changed = own.get(keyOf(entry));
    if (changed === undefined) return old === undefined ? [entry] : [];
    return [old === undefined ? changed : mergeEntry(old, entry, changed)];
  });
  const added = mine.filter(
    (entry) => !stored.has(keyOf(entry)) && !isSame(before.get(keyOf(entry)), entry),
  );
  return [...kept, ...added];
}

function fieldsOf<Values extends FormValues>(values: Values): (keyof Values & string)[] {
  const isField = (name: string): name is keyof Values & string => name in values;
  return Object.keys(values).filter(isField);
}
