// What a request to the board does, for the record of activity. The jobs' data in the body is not recorded.

import type { Act } from "../../domain/activity/act.ts";

/** What the board can do to a queue or a job: the last words of its addresses. */
const buttons: ReadonlySet<string> = new Set([
  "pause",
  "resume",
  "empty",
  "obliterate",
  "add",
  "retry",
  "promote",
  "clean",
  "concurrency",
  "rate-limit",
  "release",
  "update-data",
  "delay",
  "priority",
  "remove",
  "run",
  "remove-unprocessed-children",
]);

/** The longest job id that is recorded. */
const jobCharactersMax = 200;

/**
 * The act of a request that changes something. `path` is below the board, as in `/api/queues/orders/<job>/retry`. It is
 * recorded before the board gets the request, because queues have no transaction in common with the record.
 */
export function boardAct(path: string): Act {
  const [queue = "", ...rest] = path
    .split("/")
    .filter((part) => part !== "")
    .slice(2)
    .map((part) => decodeURIComponent(part));
  const ofAll = rest.length === 0 && buttons.has(queue);
  const button = ofAll ? queue : rest.findLast((part) => buttons.has(part));
  const job = rest.find((part, at) => at < rest.length - 1 && !buttons.has(part));
  const name = ofAll ? "all queues" : queue.slice(0, jobCharactersMax);
  return {
    kind: "queue.acted",
    subject: { id: name, name },
    before: null,
    after: { button: button ?? "other", job: job?.slice(0, jobCharactersMax) ?? null },
  };
}
