// The bar at the end of a form: save, discard, and a confirmation before leaving with unsaved changes.

import { Button, Group, Modal, Paper, Stack, Text } from "@mantine/core";
import { useConnection } from "../http/connection.ts";
import { forms as text } from "../words/en/forms.tsx";
import { shared } from "../words/en/shared.ts";
import { useUnsavedGuard } from "./unsaved-changes.ts";
import classes from "./save-bar.module.css";

type SaveBarProps = {
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly onDiscard: () => void;
  /** The label of the save button. The default is "Save". */
  readonly label?: string;
};

/** The bar, for use inside a `<form>`. It sticks to the bottom of the window while there are unsaved changes. */
export function SaveBar({ isDirty, isSaving, onDiscard, label = shared.save }: SaveBarProps) {
  const isAwaited = useConnection() === "awaited" && isSaving;
  // A save that waits for the network would be lost with the page.
  const blocker = useUnsavedGuard(isDirty, isSaving && !isAwaited);
  return (
    <Paper withBorder className={classes["bar"] ?? ""} data-dirty={isDirty}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {isAwaited ? text.saveBar.awaited : isDirty ? text.saveBar.unsaved : text.saveBar.saved}
        </Text>
        <Group gap="xs">
          {isDirty && (
            <Button variant="default" onClick={onDiscard} disabled={isSaving}>
              {/* The label is a flex box, which would drop the space between its children. */}
              <span>
                {text.saveBar.discard((part) => (
                  <span className={classes["wide"]}>{part}</span>
                ))}
              </span>
            </Button>
          )}
          <Button type="submit" loading={isSaving}>
            {label}
          </Button>
        </Group>
      </Group>
      <Modal
        opened={blocker.state === "blocked"}
        onClose={() => blocker.reset?.()}
        title={text.leave.title}
      >
        <Stack>
          <Text size="sm">{text.leave.text}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
              {text.leave.stay}
            </Button>
            <Button color="red.9" onClick={() => blocker.proceed?.()}>
              {text.leave.leave}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Paper>
  );
}
