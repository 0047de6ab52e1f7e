// The subject of a mail template: one line of Liquid.

import { Button, Group, Text, TextInput } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import type { TemplateFault } from "./template-faults.ts";

const { labels, subject: words } = mailTemplates;

type SubjectFieldProps = {
  /** Null if the built-in one is used. */
  readonly value: string | null;
  readonly builtIn: string;
  readonly onChange: (value: string | null) => void;
  readonly faults: readonly TemplateFault[];
  readonly refusal: ReactNode;
  /** Called when the field gets the focus: variables are inserted here from now on. */
  readonly takeInserts: (take: (text: string) => void) => void;
  readonly isReadOnly: boolean;
};

/** The field. A text that equals the built-in subject is no override. */
export function SubjectField(props: SubjectFieldProps) {
  const { value, builtIn, onChange, faults, refusal, takeInserts, isReadOnly } = props;
  const field = useRef<HTMLInputElement>(null);
  const error = faults.length > 0 ? faults.map(({ message }) => message).join(" ") : refusal;
  const write = (text: string): void => onChange(text === builtIn ? null : text);
  const insert = (text: string): void => {
    const input = field.current;
    if (input === null) return;
    const from = input.selectionStart ?? input.value.length;
    write(`${input.value.slice(0, from)}${text}${input.value.slice(input.selectionEnd ?? from)}`);
    requestAnimationFrame(() => {
      input.focus();
      input.setSelectionRange(from + text.length, from + text.length);
    });
  };
  return (
    <div>
      <TextInput
        ref={field}
        label={labels.subject}
        data-path="subject"
        value={value ?? builtIn}
        onChange={(event) => write(event.currentTarget.value)}
        onFocus={() => takeInserts(insert)}
        readOnly={isReadOnly}
        error={error}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        spellCheck={false}
        autoComplete="off"
      />
      <Group justify="space-between" mt={4} gap="xs" mih={24}>
        <Text size="sm" c="dimmed">
          {value === null ? words.isBuiltIn : words.isOwn}
        </Text>
        {value !== null && !isReadOnly && (
          <Button variant="subtle" size="compact-sm" onClick={() => onChange(null)}>
            {words.backToBuiltIn}
          </Button>
        )}
      </Group>
    </div>
  );
}
