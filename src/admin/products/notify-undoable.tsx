// A notice that a count was changed, with a button that undoes it.

import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCheck } from "@tabler/icons-react";
import type { QueryClient } from "@tanstack/react-query";
import { shared } from "../words/en/shared.ts";
import { undoFromNotice } from "./undo.ts";

/** Long enough to read it and to reach the button. */
const shownMs = 8_000;

/** Shows the notice. `id` is the movement that the button undoes. */
export function notifyUndoable(
  client: QueryClient,
  message: string,
  change: { readonly sku: string; readonly id: string },
): void {
  const notice = `changed-${change.id}`;
  notifyWithUndo(notice, message, () => undoFromNotice(client, change, notice));
}

/** Shows a notice with a button that undoes what it tells of. `notice` identifies it. */
export function notifyWithUndo(notice: string, message: string, undo: () => Promise<void>): void {
  notifications.show({
    id: notice,
    color: "teal.8",
    icon: <IconCheck size={18} />,
    autoClose: shownMs,
    withCloseButton: false,
    style: { pointerEvents: "auto" },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text span size="sm">
          {message}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => void undo()}>
          {shared.undo}
        </Button>
      </Group>
    ),
  });
}
