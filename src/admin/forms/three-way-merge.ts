// Brings together what two people made of the same thing: the base that both began with, what is stored by
// now, and what stands in the form. Pure, so that the form's hook stays about React.

/** A form's values: plain data by field. */
export type FormValues = Record<string, unknown>;

/** One field that somebody else changed meanwhile. */
export type FieldChange<Values extends FormValues> = {
  readonly field: keyof Values & string;
  /** Whether it was changed in the form too, and to something else. */
  readonly isContested: boolean;
};

/** Whether two values of a form are the same data. */
export function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The fields that are stored differently now than in the base. */
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

/** What is stored now, with those fields that were changed in the form laid over it. */
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

/** How the entries of a list are told apart, and how one that both changed is brought together; else mine is kept. */
export type ListMerge<Entry> = {
  readonly keyOf: (entry: Entry) => string;
  readonly mergeEntry?: (base: Entry, theirs: Entry, mine: Entry) => Entry;
};

/**
 * A list as it is stored now, without what I took out of it and with what I added or changed. So what somebody
 * else added stays, and what they took out is gone, unless I changed it.
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
