// `tallyman audit`: checks the configured database while the service runs. It checks two things: whether the books
// balance, and whether work waits too long.

import { type Config, readConfig } from "../config.ts";
import { auditBooks, type Finding } from "../db/audit/audit.ts";
import { findWaiting, type Waiting } from "../db/audit/find-waiting.ts";
import { inSnapshot } from "../db/audit/in-snapshot.ts";
import { grouped } from "../contract/issue-words.ts";
import { withConfiguredDatabase } from "./configured-database.ts";

/**
 * Exit codes. Books that don't balance are an error, so their code is that of other errors. Work that waits has its
 * own code, because it may just be a busy hour. Shells use 2 for a wrong command line.
 */
const exitCodes = { well: 0, booksBroken: 1, workWaits: 3 } as const;

/** Audits the database, prints the findings and resolves with the exit code. */
export function auditCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const olderThanMs = patienceMs(readConfig(environment));
  return withConfiguredDatabase(environment, async (url) => {
    const { findings, waiting, at } = await inSnapshot(url, async (client) => ({
      at: new Date(),
      findings: await auditBooks(client),
      waiting: await findWaiting(client, olderThanMs),
    }));
    const broken = findings.filter(({ faults }) => faults > 0).length;
    const lines = [
      ...findings.map(describeFinding),
      broken === 0
        ? `All ${findings.length} invariants hold.\n`
        : `${broken} of ${findings.length} invariants do not hold.\n`,
      broken === 0 && waiting.length > 0 ? "The books balance, but work waits:\n" : "",
      ...waiting.map((kind) => describeWaiting(kind, olderThanMs, at)),
      waiting.length === 0 ? "No work has waited too long.\n" : "",
    ];
    process.stdout.write(lines.join(""));
    if (broken > 0) return exitCodes.booksBroken;
    return waiting.length > 0 ? exitCodes.workWaits : exitCodes.well;
  });
}

/** How long work may wait, in milliseconds: a minute, or longer if the sweeper needs longer to find lost work. */
export function patienceMs({
  SWEEP_AFTER_MS,
  SWEEP_INTERVAL_MS,
}: Pick<Config, "SWEEP_AFTER_MS" | "SWEEP_INTERVAL_MS">): number {
  return Math.max(60_000, SWEEP_AFTER_MS + SWEEP_INTERVAL_MS + 20_000);
}

function describeFinding({ invariant, faults, examples }: Finding): string {
  if (faults === 0) return `holds   ${invariant}\n`;
  const shown = examples.map((example) => `          ${JSON.stringify(example)}\n`).join("");
  const more = faults > examples.length ? `          and ${faults - examples.length} more\n` : "";
  return `BROKEN  ${invariant}: ${faults} faults\n${shown}${more}`;
}

const kinds: Readonly<
  Record<Waiting["kind"], readonly [one: string, many: string, purpose: string]>
> = {
  orders: ["order has", "orders have", "for a decision"],
  alerts: ["alert has", "alerts have", "to be mailed about"],
  mails: ["mail has", "mails have", "to be sent"],
};

/** Says how much work waits, since when, and what to look at. */
function describeWaiting(
  { kind, count, oldest, examples }: Waiting,
  olderThanMs: number,
  at: Date,
): string {
  const [one, many, what] = kinds[kind];
  const more = count > examples.length ? ` and ${grouped(count - examples.length)} more` : "";
  return (
    `WAITS   ${grouped(count)} ${count === 1 ? one : many} waited ${what} for more than ${duration(olderThanMs)}, ` +
    `the oldest since ${oldest.toISOString()} (${duration(at.getTime() - oldest.getTime())})\n` +
    `          ${examples.join(", ")}${more}\n` +
    "          Is a worker running, and does it reach the queue store? See its log and /readyz.\n"
  );
}

/** A duration in seconds, minutes or hours, whichever is easiest to read. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7_200
    ? `${Math.round(seconds / 60)} minutes`
    : `${grouped(Math.round(seconds / 3_600))} hours`;
}
