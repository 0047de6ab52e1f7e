// The question before something that can't be taken back.

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";

/** What is asked. */
export type Question = {
  readonly title: string;
  readonly text: string;
  /** The verb on the button that does it, such as "Delete". */
  readonly verb: string;
  readonly onYes: () => void;
};

/** Asks; calls `onYes` where the answer is yes. */
export function confirm({ title, text, verb, onYes }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: verb, cancel: "Cancel" },
    confirmProps: { color: "red.9" },
    onConfirm: onYes,
  });
}
