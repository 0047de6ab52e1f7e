// The notice that an action on many rows was done, with the button that takes it back.

import { Alert, Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { shared } from "../words/en/shared.ts";

type ManyDoneProps = {
  readonly children: ReactNode;
  /** Takes it back; left out if nothing can. */
  readonly onUndo?: (() => void) | undefined;
  readonly isSending: boolean;
  readonly onClose: () => void;
};

/** The notice. */
export function ManyDone({ children, onUndo, isSending, onClose }: ManyDoneProps) {
  return (
    <Alert
      role="status"
      color="teal"
      withCloseButton
      closeButtonLabel={shared.close}
      onClose={onClose}
    >
      <Group gap="sm">
        <Text size="sm">{children}</Text>
        {onUndo !== undefined && (
          <Button size="xs" variant="default" loading={isSending} onClick={onUndo}>
            {shared.undo}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
