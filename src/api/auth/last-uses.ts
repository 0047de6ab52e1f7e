// Records the last uses of API keys beside the requests. A key is looked up about once a minute while it is in use, and
// only then its use is noted, so that a request with a cached key does nothing for it and no request waits for it.

import { createThrottledLog } from "../../flow/throttled-log.ts";
import type { Logger } from "pino";

/** Notes that a key is in use. Returns at once and never throws. */
export type NoteUse = (id: string) => void;

/**
 * Creates the function. One write is under way at a time, and those that come meanwhile are written together after it,
 * so a slow database gets no queue of them. A use that can't be written is logged and dropped.
 */
export function createLastUses(
  record: (ids: readonly string[]) => Promise<void>,
  log: Logger,
): NoteUse {
  const noted = new Set<string>();
  const logFailure = createThrottledLog(log, "the last use of an API key could not be recorded");
  let isWriting = false;

  const write = async (): Promise<void> => {
    isWriting = true;
    while (noted.size > 0) {
      const ids = [...noted];
      noted.clear();
      try {
        await record(ids);
      } catch (error) {
        logFailure(error);
      }
    }
    isWriting = false;
  };

  return (id) => {
    noted.add(id);
    if (!isWriting) void write();
  };
}
