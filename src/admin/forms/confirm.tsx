// Asks for confirmation before something that can't be undone.

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { shared } from "../words/en/shared.ts";

/** The texts of the dialog, and what happens on yes. */
export type Question = {
  readonly title: string;
  readonly text: string;
  /** The label of the button that confirms: a verb, such as "Delete". */
  readonly verb: string;
  readonly onYes: () => void;
};

/** Opens the dialog. Calls `onYes` if the person confirms. */
export function confirm({ title, text, verb, onYes }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{text}</Text>,
    labels: { confirm: verb, cancel: shared.cancel },
    confirmProps: { color: "red.9" },
    onConfirm: onYes,
  });
}
