// The notice above a form whose resource somebody else has saved: what they changed, and what can be done.

import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconGitMerge } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { forms } from "../words/en/forms.tsx";
import type { FieldChange, FormValues } from "./three-way-merge.ts";
import type { Stale } from "./use-edit-form.ts";

const text = forms.stale;

type StaleNoticeProps<Values extends FormValues> = {
  readonly stale: Stale<Values>;
  /** The fields' labels. A field without a label is shown by its name in the data. */
  readonly labels: Readonly<Partial<Record<keyof Values & string, string>>>;
  /** Returns a field's value as text; undefined to show it as it is. */
  readonly show?: (
    field: keyof Values & string,
    value: Values[keyof Values & string],
  ) => string | undefined;
  /** Describes how a field changed; undefined to show its two values side by side. */
  readonly compare?: (
    field: keyof Values & string,
    before: Values[keyof Values & string],
    after: Values[keyof Values & string],
  ) => string | undefined;
};

/** The notice. It takes the focus, because saving has just failed. */
export function StaleNotice<Values extends FormValues>(props: StaleNoticeProps<Values>) {
  const { stale, labels, show, compare } = props;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    notice.current?.focus();
    notice.current?.scrollIntoView({ block: "center" });
    // After the choice the notice disappears, so the focus must go elsewhere.
    return () => document.querySelector("h1")?.focus({ preventScroll: true });
  }, []);
  const words = (field: keyof Values & string, values: Values): string =>
    show?.(field, values[field]) ?? plainWords(values[field]);
  const line = ({ field, isContested }: FieldChange<Values>) => {
    const label = <b>{labels[field] ?? field}</b>;
    const change =
      compare?.(field, stale.base[field], stale.theirs[field]) ??
      `${words(field, stale.base)} → ${words(field, stale.theirs)}`;
    const mine = compare?.(field, stale.base[field], stale.mine[field]) ?? words(field, stale.mine);
    return (
      <List.Item key={field}>
        {isContested ? text.contested(label, change, mine) : text.change(label, change)}
      </List.Item>
    );
  };
  return (
    <Alert
      ref={notice}
      tabIndex={-1}
      role="alert"
      color="orange"
      icon={<IconGitMerge />}
      title={text.title}
    >
      <Stack gap="sm">
        {stale.changes.length === 0 ? (
          <Text size="sm">{text.nothingShown}</Text>
        ) : (
          <>
            <Text size="sm">{text.intro}</Text>
            <List size="sm">{stale.changes.map(line)}</List>
          </>
        )}
        <Group gap="xs">
          {/* On a phone this label takes two lines. */}
          <Button
            size="xs"
            h="auto"
            py={6}
            styles={{ label: { whiteSpace: "normal" } }}
            onClick={stale.keepMine}
          >
            {text.keepMine}
          </Button>
          <Button size="xs" variant="default" onClick={stale.takeTheirs}>
            {text.takeTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

function plainWords(value: unknown): string {
  if (value === "" || value === null || value === undefined) return forms.values.empty;
  if (typeof value === "boolean") return value ? forms.values.on : forms.values.off;
  if (typeof value === "string" || typeof value === "number") return String(value);
  return Array.isArray(value) ? forms.values.entries(value.length) : forms.values.changed;
}
