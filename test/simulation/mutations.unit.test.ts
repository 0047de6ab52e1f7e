// The simulation can fail: each classical fault that is put into a port is found within a few hundred seeds.

import { expect, test } from "vitest";
import { type Mutation, mutations } from "./mutations.ts";
import { simulate } from "./simulate.ts";

/** What one of the faults of a run says, for each mutation. */
const found: Readonly<Record<Mutation, RegExp>> = {
  "no second look at the status": /became \w+ when it was|by the ledger/,
  "no lock of levels": /by the ledger it/,
  "levels locked in any order": /deadlock/,
  "no unique references": /orders have the reference|two ids/,
  "expires what was paid meanwhile": /was paid and has expired|became/,
  "answer before the commit": /was acknowledged as|is not stored/,
  "absorbed jobs stay": /worked on twice/,
  "absorbed orders are forgotten": /had lost their job/,
  "sweeper announces under the same id": /still pending/,
  "sweeper announces nothing": /still/,
  "failed orders get no answer": /does not stop|still|until all was done/,
  "adjustments without a key": /was made 2 times/,
};

/** By how many seeds each is found at the latest. */
const seedsMax = 1_500;

test.each(mutations)("%s", async (mutation) => {
  const said: string[] = [];
  for (
    let seed = 1;
    seed <= seedsMax && !said.some((fault) => found[mutation].test(fault));
    seed += 1
  ) {
    const { faults } = await simulate(seed, { mutation });
    said.push(...faults);
  }
  expect(said).toContainEqual(expect.stringMatching(found[mutation]));
});
