// A laboratory in which clients place orders all the time, for the tests of faults of stores and networks.

import { expect } from "vitest";
import type { Clients } from "../../tools/lab/clients.ts";
import type { Lab, QueueKind } from "../../tools/lab/lab.ts";
import type { Program } from "../../tools/lab/program.ts";
import { type Bounds, type Proof, prove } from "../../tools/lab/prove.ts";
import { openTestLab } from "./lab.ts";
import { startLoad } from "./lab-load.ts";

/** A laboratory with one API and one worker, and clients that place orders. */
export type LabInUse = {
  readonly lab: Lab;
  readonly api: Program;
  readonly worker: Program;
  readonly clients: Clients;
  /** Resolves when so many orders that are placed from now on have been accepted. */
  accepted(count: number): Promise<void>;
  /** Resolves when so many requests that are sent from now on have been answered with this status. */
  answered(status: number, count: number): Promise<void>;
  /** Resolves when the process's `/readyz` answers with this status. */
  ready(program: Program, status: 200 | 503): Promise<void>;
  /**
   * Resolves when all orders that were accepted before have been decided, and one that was accepted later, too. What
   * was broken, and how long the recovery took, is printed.
   */
  recovered(from: string): Promise<void>;
  /** Lets the clients finish, and proves that nothing was broken and that each status of an answer is one of these. */
  proveAll(statuses: readonly number[], bounds?: Bounds): Promise<Proof>;
};

/** How long a condition is waited for, in milliseconds. */
const patience = { timeout: 60_000, interval: 50 };

/** The longest time from the end of a fault to full service, in milliseconds, that a test takes for recovered. */
const recoveryMsMax = 45_000;

/** Opens a laboratory, starts its processes and their clients, and resolves when they have placed some orders. */
export async function openLabInUse(
  queue: QueueKind,
  environment: Readonly<Record<string, string>> = {},
): Promise<LabInUse> {
  const lab = await openTestLab(queue, environment);
  const [api, worker] = await Promise.all([lab.start("api"), lab.start("worker")]);
  const clients = await startLoad(lab, 30);
  const { journal } = clients;

  const answered = async (isThis: (status: number | null) => boolean, count: number) => {
    const since = Date.now();
    const seen = () =>
      journal.flatMap(({ answers }) =>
        answers.filter(({ status, sentAt }) => sentAt >= since && isThis(status)),
      );
    await expect.poll(() => seen().length, patience).toBeGreaterThanOrEqual(count);
  };

  const use: LabInUse = {
    lab,
    api,
    worker,
    clients,
    accepted: (count) => answered((status) => status !== null && status < 300, count),
    answered: (status, count) => answered((other) => other === status, count),
    async ready(program, status) {
      const look = async () => (await fetch(`${program.url}/readyz`)).status;
      await expect.poll(look, patience).toBe(status);
    },
    async recovered(from) {
      const since = Date.now();
      const look = () =>
        lab.postgres.sql<{ ended: boolean }>(
          `select not exists (select from "order" where status = 'pending' and accepted_at < $1)
             and exists (select from "order" where status <> 'pending' and accepted_at > $1) as ended`,
          [new Date(since)],
        );
      await expect.poll(look, { ...patience, timeout: recoveryMsMax }).toEqual([{ ended: true }]);
      process.stdout.write(
        `Queue on ${queue}: recovered ${Date.now() - since} ms after ${from}.\n`,
      );
    },
    async proveAll(statuses, bounds = {}) {
      await clients.finish(60_000);
      const proof = await prove(lab, journal, bounds);
      const others = journal.flatMap(({ answers }) =>
        answers.filter(({ status }) => status === null || !statuses.includes(status)),
      );
      expect(others).toEqual([]);
      process.stdout.write(`Queue on ${queue}: ${JSON.stringify(proof)}\n`);
      return proof;
    },
  };
  await use.accepted(20);
  return use;
}
