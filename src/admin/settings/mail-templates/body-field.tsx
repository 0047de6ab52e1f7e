// The body of a mail template: the built-in design, or the store's own text in Liquid and Markdown.

import {
  Alert,
  Anchor,
  Button,
  Group,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
} from "@mantine/core";
import { IconAlertTriangle, IconPencil } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { createPart } from "../../parts/create-part.tsx";
import { mailTemplates } from "../../words/en/settings/mail-templates.tsx";
import type { EditorHandle } from "./code-editor.tsx";
import type { TemplateFault } from "./template-faults.ts";
import type { TemplateVariable } from "./template-queries.ts";

const words = mailTemplates.body;

/** The editor has a chunk of its own, which is loaded when somebody writes a body. */
const CodeEditor = createPart(async () => (await import("./code-editor.tsx")).CodeEditor, {
  what: words.editorPart,
  whileLoading: <Skeleton height="24rem" />,
});

type BodyFieldProps = {
  /** Null if the built-in one is used. */
  readonly value: string | null;
  /** What an own text begins with. */
  readonly starter: string;
  readonly onChange: (value: string | null) => void;
  readonly faults: readonly TemplateFault[];
  readonly variables: readonly TemplateVariable[];
  /** Called when the field gets the focus: variables are inserted here from now on. */
  readonly takeInserts: (take: (text: string) => void) => void;
  readonly isReadOnly: boolean;
};

/** The field. */
export function BodyField(props: BodyFieldProps) {
  const { value, starter, onChange, faults, variables, takeInserts, isReadOnly } = props;
  const editor = useRef<EditorHandle | null>(null);
  /** Kept while the built-in design is chosen, so that the way back loses nothing. */
  const [lastOwn, setLastOwn] = useState(value ?? starter);
  const startOwn = (): void => onChange(lastOwn);
  const insert = (text: string): void => editor.current?.insert(text);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500} id="body-label">
          {words.label}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="body-label"
          data={[
            { value: "built-in", label: words.builtIn },
            { value: "own", label: words.own },
          ]}
          value={value === null ? "built-in" : "own"}
          onChange={(choice) => (choice === "own" ? startOwn() : onChange(null))}
          disabled={isReadOnly}
        />
      </Group>
      {value === null ? (
        <Alert color="gray" title={words.isBuiltIn}>
          <Stack align="flex-start" gap="sm">
            <Text size="sm">{words.builtInHint}</Text>
            {!isReadOnly && (
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPencil size={14} />}
                onClick={startOwn}
              >
                {words.writeOwn}
              </Button>
            )}
          </Stack>
        </Alert>
      ) : (
        <>
          <CodeEditor
            label={words.editor}
            path="body"
            value={value}
            onChange={(text) => {
              setLastOwn(text);
              onChange(text);
            }}
            onReady={(handle) => {
              editor.current = handle;
              if (handle !== null) takeInserts(insert);
            }}
            onFocus={() => takeInserts(insert)}
            faults={faults}
            variables={variables}
            isReadOnly={isReadOnly}
          />
          <Faults faults={faults} onGoTo={(line) => editor.current?.goTo(line)} />
          <Text size="sm" c="dimmed">
            {words.hint(
              <code>{"{{ store.name }}"}</code>,
              <code>{"{% if … %} … {% endif %}"}</code>,
            )}
          </Text>
        </>
      )}
    </Stack>
  );
}

function Faults(props: { faults: readonly TemplateFault[]; onGoTo: (line: number) => void }) {
  const { faults, onGoTo } = props;
  if (faults.length === 0) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={words.faults} role="status">
      <Stack gap={4} align="flex-start">
        {faults.map(({ line, message }) =>
          line === null ? (
            <Text key={message} size="sm">
              {message}
            </Text>
          ) : (
            <Anchor
              key={`${line}:${message}`}
              component="button"
              type="button"
              size="sm"
              ta="left"
              c="inherit"
              underline="always"
              onClick={() => onGoTo(line)}
            >
              {message}
            </Anchor>
          ),
        )}
      </Stack>
    </Alert>
  );
}
