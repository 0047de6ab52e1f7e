// What the pages of problems with a place of the feed say.

import type { ProblemPage } from "./problem-page.ts";

/** Those pages. */
export const feedProblemPages = {
  "unknown-place": {
    cause:
      "The feed ends before the place that was sent: the database is older than what the reader has read, for example because it was restored from a backup.",
    cure: "Read all levels again with `GET /stock`, and follow the feed from its `place`.",
    example: {
      detail: "The feed ends at 81200, and 81234 is beyond it.",
      extra: { place: "81200" },
    },
  },
  "place-not-kept": {
    cause:
      "Events after the place that was sent are no longer kept: it is older than the store keeps events, or than the place that a paused webhook stopped at.",
    cure: "Read all levels again with `GET /stock`, and follow the feed from its `place`. To read what is still kept, begin after `oldest`.",
    example: {
      detail: "Expected a place from 5000 on; got 1200. Events before that are no longer kept.",
      extra: { oldest: "5000", place: "81200" },
    },
  },
} as const satisfies Readonly<Record<string, ProblemPage>>;
