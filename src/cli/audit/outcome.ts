// What an audit found, as text for people and as JSON for programs.

import { grouped } from "../../contract/issue-words.ts";
import type { Finding } from "../../db/audit/audit.ts";
import type { Waiting } from "../../db/audit/find-waiting.ts";
import { doesHold, type EndedRun } from "../../db/audit/runs.ts";
import type { AuditOptions } from "./audit-options.ts";
import type { Offered } from "./repair-books.ts";

/** What an audit found. */
export type Outcome = EndedRun & {
  /** What `--since` asked for. */
  readonly wantedSince: AuditOptions["since"];
  /** The closed months that were proved by their files as if they were open; null if no files were named. */
  readonly laidIn: readonly string[] | null;
  readonly waiting: readonly Waiting[];
  /** How long work may wait, in milliseconds. */
  readonly patienceMs: number;
  readonly exitCode: number;
};

/**
 * The outcome as one JSON document. Its fields stay; later versions may add more. Times are RFC 3339 in UTC. `since` is
 * null if everything was proved. `repairs` are those that were offered.
 */
export function outcomeAsJson(outcome: Outcome, repairs: readonly Offered[]): string {
  const { startedAt, endedAt, since, findings, waiting } = outcome;
  const document = {
    format: 1,
    exitCode: outcome.exitCode,
    held: doesHold(findings),
    startedAt,
    endedAt,
    durationMs: endedAt.getTime() - startedAt.getTime(),
    since,
    nextMayGoOn: mayGoOn(outcome),
    ...(outcome.laidIn === null ? {} : { provedMonths: outcome.laidIn }),
    invariants: findings.map(({ key, invariant, faults, examples }) => ({
      key,
      name: invariant,
      violations: faults,
      examples,
    })),
    waiting: waiting.map(({ kind, count, oldest, examples }) => ({
      kind,
      count,
      oldest,
      examples,
    })),
    repairs,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Whether the next audit may begin where this one ended. */
function mayGoOn({ findings, place }: EndedRun): boolean {
  return doesHold(findings) && place !== null;
}

/** The outcome as lines of text. */
export function outcomeAsText(outcome: Outcome): string {
  const { findings, waiting, endedAt } = outcome;
  const broken = findings.filter(({ faults }) => faults > 0).length;
  const lines = [
    ...describeSince(outcome),
    ...describeFiles(outcome),
    ...findings.map(describeFinding),
    broken === 0
      ? `All ${findings.length} invariants hold.\n`
      : `${broken} of ${findings.length} invariants do not hold.\n`,
    broken === 0 && outcome.place === null
      ? "A transaction that began before this audit has not ended. So the next audit with --since can't begin here, and proves this part again.\n"
      : "",
    broken === 0 && waiting.length > 0 ? "The books balance, but work waits:\n" : "",
    ...waiting.map((kind) => describeWaiting(kind, outcome.patienceMs, endedAt)),
    waiting.length === 0 ? "No work has waited too long.\n" : "",
  ];
  return lines.join("");
}

function describeSince({ wantedSince, since }: Outcome): string[] {
  if (wantedSince === null) return [];
  return since === null
    ? ["There is no earlier audit that held and can be gone on from: everything is proved.\n"]
    : [`Proves what is new since the audit of ${since.toISOString()}, which held.\n`];
}

function describeFiles({ laidIn }: Outcome): string[] {
  if (laidIn === null) return [];
  const [first] = laidIn;
  return first === undefined
    ? [
        "No closed month was laid over the ledger. Name the files of all months from one on, up to the last closed one, and files without a fault.\n",
      ]
    : [`Proves the ledger with the files of ${laidIn.length} closed months, from ${first} on.\n`];
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
  payments: ["unpaid order has", "unpaid orders have", "to expire"],
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
