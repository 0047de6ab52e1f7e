// Offers repairs one by one, and does those that the operator wants.

import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { describeRepair, type Repair } from "../../db/audit/find-repairs.ts";

/** What became of an offered repair. `gone`: there was nothing to repair any more. */
export type Offered = Pick<Repair, "kind" | "sku"> & {
  readonly said: string;
  readonly outcome: "repaired" | "declined" | "gone";
};

/** How repairs are offered. */
export type Offering = {
  /** Asks whether to do a repair. */
  readonly agrees: (said: string) => Promise<boolean>;
  /** Does it. Resolves with false if there is nothing to repair any more. */
  readonly repair: (repair: Repair) => Promise<boolean>;
  /** Shows a line. */
  readonly show: (line: string) => void;
};

const words = {
  repaired: "Repaired.",
  declined: "Left as it is.",
  gone: "There is nothing to repair any more.",
} as const;

/** Offers each repair, and does it before the next one is offered. Rejects if a repair fails; those before it stay. */
export async function offerRepairs(
  repairs: readonly Repair[],
  { agrees, repair, show }: Offering,
): Promise<readonly Offered[]> {
  const offered: Offered[] = [];
  for (const found of repairs) {
    const said = describeRepair(found);
    show(`REPAIR  ${said}`);
    const outcome = !(await agrees(said))
      ? "declined"
      : (await repair(found))
        ? "repaired"
        : "gone";
    show(`        ${words[outcome]}`);
    offered.push({ kind: found.kind, sku: found.sku, said, outcome });
  }
  return offered;
}

/** Asks at a terminal. Only y or yes is a yes; an end of the input is a no. `close` ends the reading. */
export function createQuestions(
  input: Readable,
  output: Writable,
): { readonly ask: () => Promise<boolean>; readonly close: () => void } {
  const terminal = createInterface({ input, output });
  let closed = false;
  const ended = new Promise<string>((resolve) => {
    terminal.once("close", () => {
      closed = true;
      resolve("");
    });
  });
  return {
    async ask() {
      if (closed) return false;
      const reply = await Promise.race([terminal.question("        Repair it? (y/N) "), ended]);
      return /^y(?:es)?$/i.test(reply.trim());
    },
    close: () => terminal.close(),
  };
}
