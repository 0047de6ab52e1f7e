// Short notices at the top of the window: something was done, or failed.

import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { toProblem } from "../http/api-problem.ts";

/** Long enough to read one sentence. */
const doneMs = 4_000;

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

/** Shows why something failed, until the person closes it. */
export function notifyFailed(error: unknown): void {
  const problem = toProblem(error);
  notifications.show({
    color: "red.8",
    icon: <IconAlertTriangle size={18} />,
    title: problem.title,
    message: problem.message,
    autoClose: false,
    style: { pointerEvents: "auto" },
  });
}
