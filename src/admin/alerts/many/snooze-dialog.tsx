// The dialog that snoozes the chosen alerts until a day.

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { dayField, startOfDayField } from "../../words/formats.ts";
import { manyAlerts } from "../../words/en/many.ts";

type SnoozeDialogProps = {
  readonly chosen: number;
  readonly onSnooze: (until: Date) => void;
  readonly onClose: () => void;
};

/** So many days are proposed. */
const proposedDays = 7;
const dayMs = 86_400_000;

/** The dialog. */
export function SnoozeDialog({ chosen, onSnooze, onClose }: SnoozeDialogProps) {
  const [openedAt] = useState(() => Date.now());
  const [value, setValue] = useState(() => dayField(new Date(openedAt + proposedDays * dayMs)));
  const until = value === "" ? null : startOfDayField(value);
  const isAhead = until !== null && until.getTime() > openedAt;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (!isAhead) return;
    onSnooze(until);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={manyAlerts.snoozeTitle(chosen)}>
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{manyAlerts.snoozeIntro}</Text>
          <TextInput
            label={manyAlerts.snoozeUntil}
            type="date"
            value={value}
            min={dayField(new Date(openedAt + dayMs))}
            onChange={(event) => setValue(event.currentTarget.value)}
            error={isAhead ? null : manyAlerts.notAhead}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {manyAlerts.cancel}
            </Button>
            <Button type="submit" disabled={!isAhead}>
              {manyAlerts.snoozeTitle(chosen)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
