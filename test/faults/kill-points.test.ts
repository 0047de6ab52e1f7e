// Processes killed at the worst moments: after a row and before its job, after a commit and before the answer, within a
// batch, after a batch and before its jobs are done.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clients } from "../../tools/lab/clients.ts";
import type { Lab } from "../../tools/lab/lab.ts";
import type { Program, ProgramRole } from "../../tools/lab/program.ts";
import { prove } from "../../tools/lab/prove.ts";
import { labQueues, openTestLab } from "../support/lab.ts";
import { startLoad } from "../support/lab-load.ts";

const kills: readonly { role: ProgramRole; name: string; times: number; when: string }[] = [
  { role: "api", name: "orders-stored", times: 30, when: "after the rows and before their job" },
  { role: "api", name: "order-unanswered", times: 40, when: "after the commit, before the answer" },
  { role: "worker", name: "batch-written", times: 20, when: "within a batch, before its commit" },
  { role: "worker", name: "batch-committed", times: 20, when: "after the commit of a batch" },
];

describe.each(labQueues)("with the queue on %s, a process killed", (queue) => {
  let lab: Lab;

  beforeEach(async () => {
    lab = await openTestLab(queue);
  });
  afterEach(() => lab.close());

  /** Places orders until the killed process has ended, and a while longer. */
  const placeUntilEnded = async (clients: Clients, killed: Program): Promise<void> => {
    await killed.ended;
    const placed = clients.journal.length;
    await expect
      .poll(() => clients.journal.length, { timeout: 30_000 })
      .toBeGreaterThan(placed + 50);
    await clients.finish(60_000);
  };

  it.each(kills)(
    "$when leaves nothing lost and nothing twice",
    async ({ role, name, times }) => {
      await lab.start("api");
      await lab.start("worker");
      const killed = await lab.start(role, { killPoint: { name, times } });
      const clients = await startLoad(lab);
      await placeUntilEnded(clients, killed);
      expect(await killed.ended).toEqual({ code: null, signal: "SIGKILL" });
      const proof = await prove(lab, clients.journal);
      expect(proof.confirmed).toBeGreaterThan(0);
    },
    200_000,
  );
});
