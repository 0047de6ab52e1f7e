// The form around the shared fields: it shows what the API refused, beside the item or above the form, and sends.

import { Alert, Stack } from "@mantine/core";
import { type ReactNode, type SyntheticEvent, useState } from "react";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { problemFields } from "../forms/problem-fields.ts";
import { SaveBar } from "../forms/save-bar.tsx";
import type { ApiProblem } from "../http/api-problem.ts";
import { arrival as text } from "../words/en/receiving/arrival.tsx";
import { type Arrival, missingFrom, sentLines } from "./arrival.ts";
import { ArrivalFields } from "./arrival-fields.tsx";

type ArrivalFormProps = {
  /** The form's name, which is also the label of its button. */
  readonly label: string;
  readonly initial: Arrival;
  readonly reference: { readonly label: string; readonly description: string };
  readonly more?: ReactNode;
  /** What is missing in the additional fields, as a sentence. */
  readonly missing?: string | null;
  readonly problem: ApiProblem | null;
  readonly isSending: boolean;
  readonly onSend: (arrival: Arrival) => void;
};

/** The form. */
export function ArrivalForm(props: ArrivalFormProps) {
  const { label, initial, reference, more, problem, isSending } = props;
  const [value, setValue] = useState(initial);
  // Faults name places of what was sent, so its items are kept.
  const [sent, setSent] = useState<readonly string[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const missing = missingFrom(value, reference.label) ?? props.missing ?? null;
  const { faults, others } = faultsOf(problem, sent);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setIsAsked(missing !== null);
    if (missing !== null) return;
    setSent(value.way === "items" ? sentLines(value).map(({ sku }) => sku) : []);
    props.onSend(value);
  };
  return (
    <form onSubmit={submit} noValidate aria-label={label}>
      <Stack gap="lg">
        {problem !== null && <FailureNotice problem={problem} others={others} bringIntoView />}
        <ArrivalFields
          value={value}
          onChange={setValue}
          reference={reference}
          more={more}
          faults={faults}
        />
        {isAsked && missing !== null && (
          <Alert color="orange" role="alert" title={text.missing.title}>
            {missing}
          </Alert>
        )}
        <SaveBar
          isDirty={value !== initial}
          isSaving={isSending}
          onDiscard={() => setValue(initial)}
          label={label}
        />
      </Stack>
    </form>
  );
}

/** The faults by SKU, and those that no item shows. */
function faultsOf(problem: ApiProblem | null, sent: readonly string[]) {
  if (problem === null) return { faults: new Map<string, string>(), others: [] };
  const skuAt = (path: string) => {
    const [list, place] = path.split(".");
    return list === "lines" ? sent[Number(place)] : undefined;
  };
  const { fields, others } = problemFields(problem, (path) => skuAt(path) !== undefined);
  const faults = new Map(
    Object.entries(fields).map(([path, words]) => [skuAt(path) ?? path, words] as const),
  );
  return { faults, others };
}
