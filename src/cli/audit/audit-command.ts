// `tallyman audit`: checks the configured database while the service runs. It checks two things: whether the books
// balance, and whether work waits too long.

import type { Client } from "pg";
import { type Config, readConfig } from "../../config.ts";
import { auditBooks } from "../../db/audit/audit.ts";
import { findRepairs } from "../../db/audit/find-repairs.ts";
import { findWaiting } from "../../db/audit/find-waiting.ts";
import { doRepair } from "../../db/audit/repair.ts";
import { doesHold, type EndedRun, findProvedPlace, recordRun } from "../../db/audit/runs.ts";
import { thoroughSweep } from "../../db/sweep/thorough-sweep.ts";
import { createClient, createPool, livingConnection } from "../../db/sql/pool.ts";
import { sqlStateOf } from "../../db/sql/retry-transaction.ts";
import { requireSchema, withConfiguredDatabase } from "../configured-database.ts";
import { createProgress } from "../progress.ts";
import { type AuditOptions, readAuditOptions } from "./audit-options.ts";
import { layIn } from "./with-files.ts";
import { createQuestions, type Offered, offerRepairs } from "./repair-books.ts";
import { type Outcome, outcomeAsJson, outcomeAsText } from "./outcome.ts";

/**
 * Exit codes. Books that don't balance are an error, so their code is that of other errors. Work that waits has its
 * own code, because it may just be a busy hour. Shells use 2 for a wrong command line.
 */
const exitCodes = { well: 0, booksBroken: 1, workWaits: 3 } as const;

/**
 * Audits the database, stores and prints what it found, and resolves with the exit code. Throws an `OperatorError` if an
 * option can't be used.
 */
export function auditCommand(
  environment: Readonly<Record<string, string | undefined>>,
  raw: Readonly<Record<string, unknown>>,
): Promise<number> {
  const options = readAuditOptions(raw, process.stdin.isTTY);
  const patience = patienceMs(readConfig(environment));
  return withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const client = createClient(url, "tallyman-audit", livingConnection);
    await client.connect();
    try {
      const outcome = await runAudit(client, options, patience);
      if (!options.json) process.stdout.write(outcomeAsText(outcome));
      const repairs = options.repair === null ? [] : await repairBooks(client, url, options.repair);
      if (options.json) process.stdout.write(outcomeAsJson(outcome, repairs));
      return outcome.exitCode;
    } finally {
      await client.end();
    }
  });
}

async function runAudit(
  client: Client,
  { since, files }: AuditOptions,
  patience: number,
): Promise<Outcome> {
  const startedAt = new Date();
  const filed = files.length === 0 ? null : await layIn(client, files);
  const proved =
    since === null ? null : await findProvedPlace(client, since === "last" ? null : since);
  const { findings: found, place } = await auditBooks(client, {
    from: proved?.place,
    show: (label, unit, total) => createProgress(process.stderr, label, unit, total),
  });
  const findings = [...(filed?.findings ?? []), ...found];
  const waiting = await findWaiting(client, patience);
  const run = { startedAt, endedAt: new Date(), since: proved?.at ?? null, findings, place };
  await record(client, run);
  const exitCode = !doesHold(findings)
    ? exitCodes.booksBroken
    : waiting.length > 0
      ? exitCodes.workWaits
      : exitCodes.well;
  return {
    ...run,
    wantedSince: since,
    laidIn: filed?.laidIn ?? null,
    waiting,
    patienceMs: patience,
    exitCode,
  };
}

function show(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Offers what can be repaired. Shows it on standard error, so that standard output has the outcome alone. */
async function repairBooks(
  client: Client,
  url: string,
  { asks, actor }: NonNullable<AuditOptions["repair"]>,
): Promise<readonly Offered[]> {
  const repairs = await findRepairs(client);
  if (repairs.length === 0) {
    show("There is nothing that can be repaired safely.");
    return [];
  }
  const pool = createPool(url, { max: 1, synchronousCommit: "on", onError: () => undefined });
  const questions = asks ? createQuestions(process.stdin, process.stderr) : null;
  try {
    const offered = await offerRepairs(repairs, {
      agrees: () => (questions === null ? Promise.resolve(true) : questions.ask()),
      repair: (repair) => doRepair(pool, repair, actor),
      show,
    });
    show("Run the audit again to see what it finds now.");
    return offered;
  } finally {
    questions?.close();
    await pool.end();
  }
}

/** The SQLSTATE of a write to a database that takes none. */
const readOnlyTransaction = "25006";

/** Stores the run. On a standby it can't be stored, and the audit is still worth something. */
async function record(client: Client, run: EndedRun): Promise<void> {
  try {
    await recordRun(client, run);
  } catch (error) {
    if (sqlStateOf(error) !== readOnlyTransaction) throw error;
    process.stderr.write(
      "The outcome was not stored, because this database takes no writes. Metrics show the last audit that was stored.\n",
    );
  }
}

/** How long work may wait, in milliseconds: a minute, or longer if the sweeper needs longer to find lost work. */
export function patienceMs({
  SWEEP_AFTER_MS,
  SWEEP_INTERVAL_MS,
}: Pick<Config, "SWEEP_AFTER_MS" | "SWEEP_INTERVAL_MS">): number {
  const foundMs = thoroughSweep.times * SWEEP_AFTER_MS + thoroughSweep.every * SWEEP_INTERVAL_MS;
  return Math.max(60_000, foundMs + 20_000);
}
