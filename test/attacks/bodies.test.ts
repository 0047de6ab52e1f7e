// Bodies for every write, generated from the OpenAPI document: valid, at the edges and hostile. Whatever comes, the
// service does not fail, refuses in words, leaves no trace of what it refused, and goes on answering others.

import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn } from "../support/browser-like.ts";
import { testAccess } from "../support/service.ts";
import { type Arms, readsAtRandom, writesAtRandom } from "./attack.ts";
import { type AttackedService, startAttackedService } from "./attacked-service.ts";
import { createBodyCheck, createReplyCheck } from "./check-reply.ts";
import { readDescribed } from "./described.ts";
import { findTraces } from "./find-traces.ts";
import { startProber } from "./prober.ts";
import { sendAll, showFault } from "./send-all.ts";

/** How many bodies are sent; `npm run test:attacks` sends more. A quarter as many questions are asked. */
const bodies = Number(process.env["ATTACK_BODIES"] ?? 1_200);
const questions = Math.ceil(bodies / 4);

/** The seed of all that is at random. The same seed sends the same. */
const seed = Number(process.env["ATTACK_SEED"] ?? 16);

const blockSize = 100;

/** From this block on, all that is loaded once is loaded. */
const warmBlock = 3;

/** The bounds. The goal for the event loop is 100 ms; a collection of the whole heap alone can take as long. */
const loopHeldMsMax = 1_000;
const grownMbMax = 40;

let service: AttackedService;
let arms: Arms;
beforeAll(async () => {
  service = await startAttackedService();
  const { cookie } = await logIn(service.url);
  arms = {
    described: await readDescribed(service.url),
    known: service.known,
    credentials: {
      key: { authorization: `Bearer ${testAccess.apiKey}` },
      session: { cookie, origin: service.url },
    },
  };
});
afterAll(() => service.stop());

/** Sends a block of writes. Resolves with what was wrong. */
async function attackWithBlock(block: number, statuses: Map<string, number>): Promise<string[]> {
  const check = createReplyCheck(arms.described);
  const isAllowed = createBodyCheck(arms.described);
  const attacks = fc.sample(writesAtRandom(arms), {
    numRuns: blockSize,
    seed: seed * 1_000 + block,
  });
  const faults: string[] = [];
  const outcomes = await sendAll(service, attacks);
  for (const outcome of outcomes) {
    const { operation, sent } = outcome.attack;
    const { status } = outcome.got;
    const name = `${operation.method} ${operation.path} ${status}`;
    statuses.set(name, (statuses.get(name) ?? 0) + 1);
    const isUndocumented =
      status < 300 && sent.bytes !== undefined && !isAllowed(operation, sent.bytes);
    const all = [
      ...check(outcome),
      ...(isUndocumented ? ["taken, though the document has it refused"] : []),
    ];
    faults.push(...all.map((fault) => showFault(outcome, fault)));
  }
  const refused = outcomes.filter(({ got }) => got.status >= 400).map(({ attack }) => attack);
  return [...faults, ...(await findTraces(service, refused))];
}

describe(`the service under attack, with the seed ${seed},`, () => {
  it(`takes or refuses ${bodies} bodies`, { timeout: 60_000 + bodies * 100 }, async () => {
    const faults: string[] = [];
    const statuses = new Map<string, number>();
    const prober = startProber(service.url);
    const heldMb: number[] = [];
    let longestMs = 0;
    for (let block = 0; block * blockSize < bodies; block += 1) {
      await service.replenish();
      faults.push(...(await attackWithBlock(block, statuses)));
      const vitals = await service.vitals();
      heldMb.push(vitals.heldMb);
      if (block >= warmBlock) longestMs = Math.max(longestMs, vitals.longestMs);
    }
    const waits = await prober.stop();
    const taken = [...statuses].filter(([name]) => / 2\d\d$/.test(name));
    const takenInAll = taken.reduce((sum, [, times]) => sum + times, 0);
    const grownMb = (heldMb.at(-1) ?? 0) - (heldMb[warmBlock] ?? 0);
    console.info(JSON.stringify({ seed, bodies, takenInAll, longestMs, heldMb, grownMb, waits }));
    if (process.env["ATTACK_STATUSES"]) {
      console.info(
        [...statuses]
          .toSorted()
          .map((entry) => entry.join(": "))
          .join("\n"),
      );
    }
    expect(faults.slice(0, 10).join("\n"), `${faults.length} faults`).toBe("");
    // So that the attack reaches what lies behind the checks of a body.
    expect(taken.length).toBeGreaterThan(20);
    expect(grownMb).toBeLessThan(grownMbMax);
    expect(longestMs).toBeLessThan(loopHeldMsMax);
    expect(waits.failed).toEqual([]);
    await service.finish();
  });

  it(
    `answers or refuses ${questions} questions`,
    { timeout: 60_000 + questions * 100 },
    async () => {
      const check = createReplyCheck(arms.described);
      const attacks = fc.sample(readsAtRandom(arms), { numRuns: questions, seed });
      const faults = (await sendAll(service, attacks)).flatMap((outcome) =>
        check(outcome).map((fault) => showFault(outcome, fault)),
      );
      expect(faults.slice(0, 10).join("\n"), `${faults.length} faults`).toBe("");
    },
  );
});
