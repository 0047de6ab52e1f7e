// The choices of one filter side by side. They wrap on a phone.

import { Chip, Group } from "@mantine/core";
import { useId } from "react";

type FilterTabsProps<Value extends string> = {
  /** The filter's name for screen readers. */
  readonly label: string;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
};

/** The filter. One choice is selected. */
export function FilterTabs<Value extends string>(props: FilterTabsProps<Value>) {
  const { label, choices, value, onChoose } = props;
  // With a common name they are one Tab stop, and the arrow keys move between the choices.
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
