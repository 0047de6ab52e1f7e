// The end of every fault: all is healed, the work is done, and then everything that was promised is looked at.

import { setTimeout as sleep } from "node:timers/promises";
import { audit } from "../../src/db/audit/audit.ts";
import { isAccepted, type JournalEntry } from "./clients.ts";
import { findBroken, shown } from "./invariants.ts";
import type { Lab } from "./lab.ts";

/** What a proof shows, if nothing is broken. */
export type Proof = {
  readonly accepted: number;
  readonly confirmed: number;
  readonly rejected: number;
  /** Answers that told of an order which another request had placed before. */
  readonly duplicatesAbsorbed: number;
  /** The longest time from acceptance to decision in milliseconds. */
  readonly longestDecisionMs: number;
  /** The longest time that a process took to stop, in milliseconds. */
  readonly longestStopMs: number;
};

/** The bounds of a proof in milliseconds. */
export type Bounds = {
  /** From now until no work is left. */
  readonly drainMs?: number;
  /** From acceptance to decision. */
  readonly decisionMs?: number;
  /** A stop. */
  readonly stopMs?: number;
};

/**
 * Waits until no work is left, stops every process, and then proves: each accepted order is there once and has ended; no
 * answer was untrue, and none came late; the invariants and the audit hold; readiness is true; each process exited with
 * 0. Throws an error that names everything that is broken.
 */
export async function prove(
  lab: Lab,
  journal: readonly JournalEntry[],
  { drainMs = 120_000, decisionMs = 60_000, stopMs = 25_000 }: Bounds = {},
): Promise<Proof> {
  const broken: string[] = [];
  broken.push(...(await drain(lab, drainMs)), ...(await findUnready(lab, drainMs)));
  const stops = await Promise.all(lab.programs().map((program) => program.terminate()));
  for (const { code, signal, ms } of stops) {
    if (code !== 0 || ms > stopMs) {
      broken.push(
        `Expected each process to exit with 0 within ${stopMs} ms of SIGTERM; one ended with ${code ?? signal} after ${ms} ms.`,
      );
    }
  }
  broken.push(...(await findBroken(lab.postgres)), ...(await findUntrue(lab, journal)));
  for (const { invariant, faults, examples } of await audit(lab.postgres.url())) {
    if (faults > 0)
      broken.push(
        `Expected the audit to hold; "${invariant}" has ${faults} faults: ${shown(examples)}.`,
      );
  }
  const [counts] = await lab.postgres.sql<{ confirmed: number; rejected: number; longest: number }>(
    `select count(*) filter (where status = 'confirmed')::integer as confirmed,
       count(*) filter (where status = 'rejected')::integer as rejected,
       coalesce(max(extract(epoch from decided_at - accepted_at) * 1000), 0)::integer as longest
     from "order"`,
  );
  const { confirmed = 0, rejected = 0, longest = 0 } = counts ?? {};
  if (longest > decisionMs) {
    broken.push(
      `Expected each order to be decided within ${decisionMs} ms; the longest took ${longest} ms.`,
    );
  }
  if (broken.length > 0) throw new Error(broken.join("\n"));
  const answers = journal.flatMap((entry) => entry.answers);
  return {
    accepted: journal.filter((entry) => entry.answers.some(isAccepted)).length,
    confirmed,
    rejected,
    duplicatesAbsorbed: answers.filter(({ status }) => status === 200).length,
    longestDecisionMs: longest,
    longestStopMs: Math.max(0, ...stops.map(({ ms }) => ms)),
  };
}

/** Work that has not ended. News of an item that swings all day waits for hours, as it should. */
const openWork = `select 'order' as kind, count(*)::integer as count from "order" where status = 'pending'
  union all select 'mail', count(*) from mail where status in ('pending', 'sending')
  union all select 'news', count(*) from alert_news where due_at <= clock_timestamp()`;

/** Waits until no work is left. */
async function drain(lab: Lab, withinMs: number): Promise<string[]> {
  const until = performance.now() + withinMs;
  for (;;) {
    const rows = await lab.postgres.sql<{ kind: string; count: number }>(openWork);
    const open = rows.filter(({ count }) => count > 0);
    if (open.length === 0) return [];
    if (performance.now() > until) {
      return [
        `Expected all work to be done ${withinMs} ms after all healed; left: ${shown(open)}.`,
      ];
    }
    await sleep(50);
  }
}

/** The processes that do not say, in time, that they are ready. */
async function findUnready(lab: Lab, withinMs: number): Promise<string[]> {
  const until = performance.now() + withinMs;
  const unready = await Promise.all(
    lab.programs().map(async ({ role, url }) => {
      for (;;) {
        const signal = AbortSignal.timeout(5_000);
        const status = await fetch(`${url}/readyz`, { signal }).then(
          (response) => response.status,
          () => null,
        );
        if (status === 200) return [];
        if (performance.now() > until) {
          return [`Expected the ${role} to be ready once all is healed; /readyz says ${status}.`];
        }
        await sleep(50);
      }
    }),
  );
  return unready.flat();
}

/** Whether an order that was in one state may be in the other later. */
const mayHaveBecome = (told: string, stored: string): boolean =>
  told === stored ||
  told === "pending" ||
  (told === "confirmed" && (stored === "cancelled" || stored === "refunded"));

/**
 * When the API made an order's id, in milliseconds since 1970: the time that a UUID of version 7 begins with. It tells which
 * request the order is of. `accepted_at` doesn't: a statement that was held up may run while a later request is answered.
 */
const timeInId = (id: string): number => Number.parseInt(id.replace("-", "").slice(0, 12), 16);

/** What the clients were told, against what is stored. */
async function findUntrue(lab: Lab, journal: readonly JournalEntry[]): Promise<string[]> {
  type Stored = { id: string; reference: string; status: string };
  const stored = await lab.postgres.sql<Stored>(`select id, reference, status from "order"`);
  const byReference = new Map(stored.map((order) => [order.reference, order]));
  const untrue = journal.flatMap(({ reference, answers }) =>
    answers.flatMap((answer) => {
      const order = byReference.get(reference);
      const told = answer.order;
      if (!isAccepted(answer)) {
        const wasDenied = /nothing (?:of this (?:one |request )?)?was stored/i.test(
          answer.detail ?? "",
        );
        // An order that a request before this one had stored, or a later one, is no contradiction.
        const madeAt = order === undefined ? Number.NaN : timeInId(order.id);
        const isContradicted = madeAt >= answer.sentAt && madeAt <= answer.endedAt;
        return wasDenied && (isContradicted || (order !== undefined && answers.length === 1))
          ? [{ reference, answer }]
          : [];
      }
      const isTrue =
        order !== undefined && told?.id === order.id && mayHaveBecome(told.status, order.status);
      return isTrue ? [] : [{ reference, answer, order }];
    }),
  );
  const late = journal.flatMap((entry) => entry.answers.filter(({ isLate }) => isLate));
  return [
    ...(untrue.length > 0
      ? [`Expected every answer to be true; ${untrue.length} were not: ${shown(untrue)}.`]
      : []),
    ...(late.length > 0
      ? [`Expected every request to be answered in time; ${late.length} were not: ${shown(late)}.`]
      : []),
  ];
}
