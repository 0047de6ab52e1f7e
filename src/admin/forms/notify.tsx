// Short notices at the top of the window: something was done, or failed.

import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { toProblem } from "../http/api-problem.ts";
import { forms as text } from "../words/en/forms.tsx";

/** Long enough to read one sentence. */
const doneMs = 4_000;

/** A notice is no list: beyond these they are counted. */
const refusedMax = 5;

/** Shows for a few seconds that something was done. */
export function notifyDone(message: string): void {
  notifications.show({
    color: "teal.8",
    icon: <IconCheck size={18} />,
    message,
    autoClose: doneMs,
    withCloseButton: false,
  });
}

/** Shows what was done of many, and what was not and why, until the person closes it. */
export function notifyNotDone(done: string, refused: readonly string[]): void {
  const shown = refused.slice(0, refusedMax);
  notifications.show({
    color: "orange.8",
    icon: <IconAlertTriangle size={18} />,
    title: done,
    message: (
      <Text size="sm" c="var(--mantine-color-text)" style={{ whiteSpace: "pre-line" }}>
        {[
          ...shown,
          ...(refused.length > shown.length
            ? [text.notDone.more(refused.length - shown.length)]
            : []),
        ].join("\n")}
      </Text>
    ),
    autoClose: false,
    style: { pointerEvents: "auto" },
  });
}

/** Shows why something failed, until the person closes it. */
export function notifyFailed(error: unknown): void {
  const problem = toProblem(error);
  notifications.show({
    color: "red.8",
    icon: <IconAlertTriangle size={18} />,
    title: problem.title,
    message: (
      <Text size="sm" c="var(--mantine-color-text)">
        {problem.message}
      </Text>
    ),
    autoClose: false,
    style: { pointerEvents: "auto" },
  });
}
