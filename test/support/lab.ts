// The laboratory for the tests of faults, with the program as it is built.

import { fileURLToPath } from "node:url";
import { type Lab, type LabOptions, openLab, type QueueKind } from "../../tools/lab/lab.ts";
import { dist } from "./built.ts";

/** What the queues of a laboratory run on: each test of a fault runs on both. */
export const labQueues: readonly QueueKind[] = ["PostgreSQL", "Redis"];

/** Opens a laboratory. Work that was lost is found soon, unless the settings say otherwise. */
export function openTestLab(
  queue: QueueKind,
  environment: Readonly<Record<string, string>> = {},
  prepare?: LabOptions["prepare"],
): Promise<Lab> {
  return openLab({
    queue,
    ...(prepare === undefined ? {} : { prepare }),
    main: fileURLToPath(new URL("main.js", dist)),
    environment: {
      SWEEP_INTERVAL_MS: "500",
      SWEEP_AFTER_MS: "1500",
      ALERT_GATHER_MS: "0",
      ALERT_MAILS_PER_MINUTE: "1000",
      ...environment,
    },
  });
}
