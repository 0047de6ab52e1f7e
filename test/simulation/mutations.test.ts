// The simulation can fail: each classical fault that is put into a port is found.

import { expect, test } from "vitest";
import { type Mutation, mutations } from "./mutations.ts";
import { simulate } from "./simulate.ts";

/** The first seed that found each mutation, counted from 1, and what a fault of its run says. */
const found: Readonly<Record<Mutation, { readonly seed: number; readonly says: RegExp }>> = {
  "no second look at the status": { seed: 4220, says: /has 6 units by the ledger, and 3/ },
  "no lock of levels": { seed: 2, says: /one by one it would be rejected/ },
  "levels locked in any order": { seed: 980, says: /deadlock/ },
  "no unique references": { seed: 2, says: /orders have the reference/ },
  "expires what was paid meanwhile": { seed: 437, says: /became expired when it was/ },
  "answer before the commit": { seed: 2, says: /was acknowledged as .* and is not stored/ },
  "absorbed orders are forgotten": { seed: 729, says: /had lost their job/ },
  "sweeper announces under the same id": { seed: 41, says: /is still pending/ },
  "sweeper announces nothing": { seed: 2, says: /is still pending/ },
  "failed orders get no answer": { seed: 12, says: /the run is late/ },
  "adjustments without a key": { seed: 1862, says: /was made 2 times/ },
};

/** How many seeds are tried. If the program changes, other seeds find what one of them found before. */
const seedsMax = 1_000;

test.each(mutations)("%s", async (mutation) => {
  const { seed: from, says } = found[mutation];
  const said: string[] = [];
  for (
    let seed = from;
    seed < from + seedsMax && !said.some((fault) => says.test(fault));
    seed += 1
  ) {
    const { faults } = await simulate(seed, { mutation });
    said.push(...faults);
  }
  expect(said).toContainEqual(expect.stringMatching(says));
});
