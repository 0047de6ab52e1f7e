// The form in the dialogs about the second factor: the password, the code, or both.

import { Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import type { ReactNode } from "react";
import { FailureNotice } from "../forms/failure-notice.tsx";
import { problemFields } from "../forms/problem-fields.ts";
import { useSend } from "../forms/use-send.ts";
import { shared } from "../words/en/shared.ts";
import { secondFactor } from "../words/en/session/second-factor.tsx";

type Field = "currentPassword" | "code";
type Values = Readonly<Record<Field, string>>;

type FactorFormProps<Answer> = {
  readonly asks: readonly Field[];
  /** Shown above the fields. */
  readonly children?: ReactNode;
  readonly verb: string;
  readonly send: (values: Values) => Promise<Answer>;
  readonly onDone: (answer: Answer) => void;
  readonly onCancel: () => void;
};

const text = secondFactor.form;

const missing = { currentPassword: text.currentPasswordMissing, code: text.codeMissing };

/** The form. */
export function FactorForm<Answer>(props: FactorFormProps<Answer>) {
  const { asks, children, verb, onDone, onCancel } = props;
  const asksFor = (field: Field): boolean => asks.includes(field);
  const check = (field: Field) => (typed: string) =>
    asksFor(field) && typed.trim() === "" ? missing[field] : null;
  const form = useForm({
    initialValues: { currentPassword: "", code: "" },
    validate: { currentPassword: check("currentPassword"), code: check("code") },
  });
  const { run, isSending, problem } = useSend({
    send: props.send,
    onDone,
    onRefused: (refusal) => {
      form.setErrors({ ...problemFields(refusal, (path) => path in missing).fields });
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => run(values))}>
      <Stack>
        {problem !== null && problem.errors.length === 0 && <FailureNotice problem={problem} />}
        {children}
        {asksFor("currentPassword") && (
          <PasswordInput
            label={text.currentPassword}
            maxLength={200}
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps("currentPassword")}
          />
        )}
        {asksFor("code") && (
          <TextInput
            label={text.code}
            maxLength={100}
            autoComplete="one-time-code"
            data-autofocus={!asksFor("currentPassword") || undefined}
            {...form.getInputProps("code")}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel} disabled={isSending}>
            {shared.cancel}
          </Button>
          <Button type="submit" loading={isSending}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
