// Short notices at the top: something was done, or could not be.

import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { toProblem } from "../http/api-problem.ts";

/** Long enough to read a sentence. */
const doneMs = 4_000;

/** Says that something was done. */
export function notifyDone(message: string): void {
  notifications.show({
    color: "teal.8",
    icon: <IconCheck size={18} />,
    message,
    autoClose: doneMs,
    withCloseButton: false,
  });
}

/** Says that something was refused. Stays until it is closed. */
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
