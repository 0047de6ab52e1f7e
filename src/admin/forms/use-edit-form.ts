// The form of one resource that people edit: begins with what is stored, saves once at a time, puts refusals
// beside their fields, and notices when somebody else was faster.

import { useForm, type UseFormReturnType } from "@mantine/form";
import { type SyntheticEvent, useEffect, useState } from "react";
import type * as z from "zod";
import type { ApiProblem } from "../http/api-problem.ts";
import { type FieldErrors, problemFields } from "./problem-fields.ts";
import { useSend } from "./use-send.ts";
import {
  changesMeanwhile,
  type FieldChange,
  type FormValues,
  isSame,
  mergeMine,
} from "./three-way-merge.ts";

/** What is edited, and how. */
export type EditFormOptions<Resource, Values extends FormValues> = {
  /** What is stored as far as is known; null where it is to be created. */
  readonly stored: Resource | null;
  /** The version of a stored resource, which a save is based on. */
  readonly versionOf: (resource: Resource) => number;
  readonly toValues: (resource: Resource | null) => Values;
  /** Parses the `current` of a stale save. */
  readonly schema: z.ZodType<Resource>;
  /** Sends the form. `base` is what the values began as; send its version along. */
  readonly save: (values: Values, base: Resource | null) => Promise<Resource>;
  readonly onSaved: (saved: Resource) => void;
  /** Faults that need no server to be found, by field; {} where there are none. */
  readonly validate?: (values: Values) => Record<string, string>;
  /** Lays what was changed here over what is stored by now; field by field where nothing is given. */
  readonly merge?: (base: Values, theirs: Values, mine: Values) => Values;
  /** What is said beside which field where a resource that is to be created exists already. */
  readonly taken?: { readonly field: string; readonly text: string };
  readonly onRefused?: (problem: ApiProblem) => void;
};

/** What somebody else made of it meanwhile. */
export type Stale<Values extends FormValues> = {
  readonly changes: readonly FieldChange<Values>[];
  /** What both began with, what is stored by now, and what stands in the form. */
  readonly base: Values;
  readonly theirs: Values;
  readonly mine: Values;
  /** Keeps what was changed here, on top of theirs; saving is up to the person. */
  readonly keepMine: () => void;
  /** Forgets what was changed here. */
  readonly takeTheirs: () => void;
};

/** The form and what is going on with it. */
export type EditForm<Values extends FormValues> = {
  readonly form: UseFormReturnType<Values>;
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void;
  readonly isSaving: boolean;
  readonly isDirty: boolean;
  /** Back to what is stored. */
  readonly discard: () => void;
  /** The last refusal, and those of its faults that have no field here. */
  readonly failure: {
    readonly problem: ApiProblem;
    readonly others: readonly string[];
    readonly bringIntoView: boolean;
  } | null;
  readonly stale: Stale<Values> | null;
};

/** Makes the form. See `EditFormOptions`. */
export function useEditForm<Resource, Values extends FormValues>(
  options: EditFormOptions<Resource, Values>,
): EditForm<Values> {
  const { stored, toValues, versionOf, schema, validate, merge = mergeMine } = options;
  const [base, setBase] = useState(stored);
  const [failure, setFailure] = useState<EditForm<Values>["failure"]>(null);
  const [theirs, setTheirs] = useState<Resource | null>(null);
  const form = useForm<Values>({
    initialValues: toValues(stored),
    ...(validate === undefined ? {} : { validate }),
  });
  const baseValues = toValues(base);
  const isDirty = !isSame(baseValues, form.values);

  const begin = (resource: Resource | null, values: Values): void => {
    setBase(resource);
    setTheirs(null);
    setFailure(null);
    form.setInitialValues(toValues(resource));
    form.setValues(values);
    form.clearErrors();
  };

  useEffect(() => {
    if (stored === null || base === null || isSame(stored, base)) return;
    // A save that was answered while an older reading was on its way must not be undone by it.
    if (versionOf(stored) < versionOf(base)) return;
    const theirValues = toValues(stored);
    const merged = merge(baseValues, theirValues, form.values);
    // Where both changed the same, as a count that was sold from and typed over, it is a person's to decide.
    const isContested = !isSame(merged, merge(baseValues, form.values, theirValues));
    const isNewVersion = versionOf(stored) !== versionOf(base);
    if (isDirty && (isNewVersion || isContested)) setTheirs(stored);
    else begin(stored, merged);
    // Only a new reading is a reason; what it is compared with is always the latest.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stored]);

  const { run, isSending } = useSend({
    send: (values: Values) => options.save(values, base),
    onDone: (saved) => {
      begin(saved, toValues(saved));
      options.onSaved(saved);
    },
    onRefused: (problem) => {
      options.onRefused?.(problem);
      if (problem.kind === "stale-version") {
        const current = schema.safeParse(problem.extra["current"]);
        if (base === null && options.taken !== undefined) {
          refuse({ [options.taken.field]: options.taken.text });
          return;
        }
        if (base !== null && current.success) {
          setTheirs(current.data);
          setFailure(null);
          return;
        }
      }
      const { fields, others } = problemFields(problem, (path) => form.getInputNode(path) !== null);
      refuse(fields);
      // The first of the refused fields has the focus; without one, the notice is what is to be seen.
      setFailure({ problem, others, bringIntoView: Object.keys(fields).length === 0 });
    },
  });

  const refuse = (fields: FieldErrors): void => {
    form.setErrors({ ...fields });
    setFailure(null);
    const [first] = Object.keys(fields);
    if (first !== undefined) form.getInputNode(first)?.focus();
  };

  const submit = form.onSubmit(
    (values) => run(values),
    (errors) => {
      const [first] = Object.keys(errors);
      if (first !== undefined) form.getInputNode(first)?.focus();
    },
  );

  return {
    form,
    submit,
    isSaving: isSending,
    isDirty,
    discard: () => begin(base, baseValues),
    failure,
    stale: theirs === null ? null : staleOf(theirs),
  };

  function staleOf(current: Resource): Stale<Values> {
    const theirValues = toValues(current);
    return {
      changes: changesMeanwhile(baseValues, theirValues, form.values),
      base: baseValues,
      theirs: theirValues,
      mine: form.values,
      keepMine: () => begin(current, merge(baseValues, theirValues, form.values)),
      takeTheirs: () => begin(current, theirValues),
    };
  }
}
