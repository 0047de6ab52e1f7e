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

function fieldsOf<Values extends FormValues>(values: Values): (keyof Values & string)[] {
  const isField = (name: string): name is keyof Values & string => name in values;
  return Object.keys(values).filter(isField);
}
