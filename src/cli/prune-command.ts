// `tallyman prune`: shows what is older than the settings keep, and removes it on request. Running workers remove it by
// themselves; the command is for whoever wants to see it first, or needs the room now.

import { type Config, readConfig } from "../config.ts";
import { countOld, prune, type PrunedCounts, prunedKinds } from "../db/retention/prune.ts";
import { createPool } from "../db/sql/pool.ts";
import { keptDays } from "../process/kept-days.ts";
import type { Given } from "./command.ts";
import { requireSchema, withConfiguredDatabase } from "./configured-database.ts";
import { counted, inColumns } from "./in-columns.ts";
import { listenForInterruption } from "./interruption.ts";
import { createProgress } from "./progress.ts";

/** How long a count of old rows may take, in milliseconds: it may read a whole table. */
const countMsMax = 600_000;

/** Shows what is old, or removes it, and prints how many rows of each kind that are. */
export async function pruneCommand({ environment, options }: Given): Promise<void> {
  const config = readConfig(environment);
  const removes = options["yes"] === true;
  await withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const pool = createPool(url, {
      max: 2,
      synchronousCommit: "on",
      statementMsMax: countMsMax,
      onError: () => undefined,
    });
    try {
      const kept = keptDays(config);
      const old = await countOld(pool, kept);
      const counts = removes ? await remove(pool, kept, old) : old;
      const shown = { removes, counts, config };
      process.stdout.write(options["json"] === true ? asJson(shown) : asText(shown));
    } finally {
      await pool.end();
    }
  });
}

async function remove(
  pool: Parameters<typeof prune>[0],
  kept: Parameters<typeof prune>[1],
  old: PrunedCounts,
): Promise<PrunedCounts> {
  const { signal } = listenForInterruption("What was removed is gone; run it again for the rest.");
  const total = prunedKinds.reduce((sum, kind) => sum + (old[kind] ?? 0), 0);
  const progress = createProgress(process.stderr, "removing", "rows", total);
  let rows = 0;
  const { removed } = await prune(pool, kept, {
    stop: () => signal.aborted,
    confirm: () => Promise.resolve(),
    onRemoved(more) {
      rows += more;
      progress.at(rows);
    },
    portions: Number.POSITIVE_INFINITY,
  });
  progress.end();
  signal.throwIfAborted();
  return removed;
}

/** The setting of each kind that says how long it is kept. Sessions end by themselves. */
const settings = {
  events: "KEEP_EVENTS_DAYS",
  mails: "KEEP_MAILS_DAYS",
  requests: "KEEP_REQUESTS_DAYS",
  sessions: null,
} as const;

type Shown = {
  readonly removes: boolean;
  readonly counts: PrunedCounts;
  readonly config: Config;
};

function asJson({ removes, counts, config }: Shown): string {
  const ofKinds = prunedKinds.map((kind) => {
    const setting = settings[kind];
    const keptDaysOfKind = setting === null ? null : (config[setting] ?? null);
    return [kind, { rows: counts[kind], keptDays: keptDaysOfKind }] as const;
  });
  const kinds = Object.fromEntries(ofKinds);
  return `${JSON.stringify({ format: 1, removed: removes, kinds })}\n`;
}

function asText({ removes, counts, config }: Shown): string {
  const rows = prunedKinds.map((kind) => {
    const setting = settings[kind];
    if (setting === null) return ["", kind, counts[kind] ?? 0, "that have ended"];
    const days = config[setting];
    return days === undefined
      ? ["", kind, "", `kept for ever; set ${setting} to keep them for a time`]
      : ["", kind, counts[kind] ?? 0, `older than ${counted(days, "day")} (${setting})`];
  });
  return [
    removes ? "Removed:" : "Would be removed:",
    ...inColumns(rows),
    ...(removes ? [] : ["Nothing was removed. Type it again with --yes to remove it."]),
    "",
  ].join("\n");
}
