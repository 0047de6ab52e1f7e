// The choices of one filter side by side; they wrap on a phone.

import { Chip, Group } from "@mantine/core";

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
  return (
    <Chip.Group value={value} onChange={onChoose}>
      <Group gap={6} role="radiogroup" aria-label={label}>
        {choices.map((choice) => (
          <Chip key={choice.value} value={choice.value} size="sm" variant="light">
            {choice.label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
