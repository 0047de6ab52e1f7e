// The choices of one filter side by side; they wrap on a phone.

import { Chip, Group } from "@mantine/core";
import { useId } from "react";

type FilterTabsProps<Value extends string> = {
  /** What is filtered by, for screen readers. */
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
};

/** The choices; one is in force. */
export function FilterTabs<Value extends string>(props: FilterTabsProps<Value>) {
  const { label, choices, value, onChoose } = props;
  // One name makes them one stop of the Tab key, with the arrow keys going from choice to choice.
  const name = useId();
  return (
    <Chip.Group value={value} onChange={onChoose}>
      <Group gap={6} role="radiogroup" aria-label={label}>
        {choices.map((choice) => (
          <Chip key={choice.value} value={choice.value} name={name} size="sm" variant="light">
            {choice.label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
