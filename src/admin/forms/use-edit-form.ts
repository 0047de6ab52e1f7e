// The form of one resource: it starts with what is stored, runs one save at a time, shows faults beside their fields,
// and notices if somebody else has saved the resource.

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

/** The options of an edit form. */
export type EditFormOptions<Resource, Values extends FormValues> = {
  /** The resource as it was last read; null to create one. */
  readonly stored: Resource | null;
  /** Returns the version that a save is based on. */
  readonly versionOf: (resource: Resource) => number;
  readonly toValues: (resource: Resource | null) => Values;
  /** Parses `current` in the reply to a stale save. */
  readonly schema: z.ZodType<Resource>;
  /** Sends the form. `base` is the resource that the form started from; send its version with it. */
  readonly save: (values: Values, base: Resource | null) => Promise<Resource>;
  readonly onSaved: (saved: Resource) => void;
  /** Returns faults that can be found without the server, by field; {} if there are none. */
  readonly validate?: (values: Values) => Record<string, string>;
  /** Merges the changes of this form into what is stored now. By default it does so field by field. */
  readonly merge?: (base: Values, theirs: Values, mine: Values) => Values;
  /** The field and the message to show if the new resource exists already. */
  readonly taken?: { readonly field: string; readonly text: string };
  readonly onRefused?: (problem: ApiProblem) => void;
};

/** What somebody else has saved since the form was opened. */
export type Stale<Values extends FormValues> = {
  readonly changes: readonly FieldChange<Values>[];
  /** What both started from, what is stored now, and what is in the form. */
  readonly base: Values;
  readonly theirs: Values;
  readonly mine: Values;
  /** Merges this form's changes into theirs. It does not save. */
  readonly keepMine: () => void;
  /** Discards this form's changes. */
  readonly takeTheirs: () => void;
};

/** The form and its state. */
export type EditForm<Values extends FormValues> = {
  readonly form: UseFormReturnType<Values>;
  readonly submit: (event?: SyntheticEvent<HTMLFormElement>) => void;
  readonly isSaving: boolean;
  readonly isDirty: boolean;
  /** Resets the form to what is stored. */
  readonly discard: () => void;
  /** The last problem, and those of its faults that have no field in this form. */
  readonly failure: {
    readonly problem: ApiProblem;
    readonly others: readonly string[];
    readonly bringIntoView: boolean;
  } | null;
  readonly stale: Stale<Values> | null;
};

/** Creates the form. See `EditFormOptions`. */
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
    // This read may be older than the last save; it must not undo the save.
    if (versionOf(stored) < versionOf(base)) return;
    const theirValues = toValues(stored);
    const merged = merge(baseValues, theirValues, form.values);
    // If both changed the same field, such as a count that was sold from and edited, the person decides.
    const isContested = !isSame(merged, merge(baseValues, form.values, theirValues));
    const isNewVersion = versionOf(stored) !== versionOf(base);
    if (isDirty && (isNewVersion || isContested)) setTheirs(stored);
    else begin(stored, merged);
    // Only a new read triggers this; the other values are always the latest.
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
      // The first field with a fault gets the focus. If there is none, the notice scrolls into view.
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
