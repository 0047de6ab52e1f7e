// The choice of what a webhook gets: everything, or some kinds of changes.

import {
  Checkbox,
  Fieldset,
  Input,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
} from "@mantine/core";
import { type ReactNode, useId } from "react";
import { webhookActs } from "../words/en/webhooks/acts.ts";
import { webhookState } from "../words/en/webhooks/state.ts";

const text = webhookActs.form.types;

type TypeChoiceProps = {
  /** Null for everything. */
  readonly value: readonly string[] | null;
  readonly onChange: (types: string[] | null) => void;
  readonly error?: ReactNode;
  /** Whether everything can be chosen: in a chat it would be too much. */
  readonly offersAll: boolean;
  /** What is chosen when somebody begins to choose. */
  readonly preset: readonly string[];
};

/** The choice. */
export function TypeChoice({ value, onChange, error, offersAll, preset }: TypeChoiceProps) {
  const id = useId();
  return (
    <Fieldset variant="unstyled" m={0} miw={0} tabIndex={-1} data-path="types">
      <Stack gap="xs">
        <Text component="legend" size="sm" fw={500} p={0} id={id}>
          {text.label}
        </Text>
        {offersAll && (
          <SegmentedControl
            aria-labelledby={id}
            data={[
              { value: "all", label: text.all },
              { value: "some", label: text.some },
            ]}
            value={value === null ? "all" : "some"}
            onChange={(choice) => onChange(choice === "all" ? null : [...preset])}
          />
        )}
        {value !== null && (
          <Checkbox.Group aria-labelledby={id} value={[...value]} onChange={onChange}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
              {Object.entries(webhookState.events).map(([type, words]) => (
                <Checkbox key={type} value={type} label={words} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
        )}
        {error !== undefined && error !== null && <Input.Error size="sm">{error}</Input.Error>}
      </Stack>
    </Fieldset>
  );
}
