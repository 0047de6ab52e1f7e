// Somebody who only wants to be answered, while others attack.

import { setTimeout as pause } from "node:timers/promises";
import { testAccess } from "../support/service.ts";

/** How long somebody waited for answers, in milliseconds, and which answers were not as they should be. */
export type Waits = {
  readonly asked: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly longestMs: number;
  readonly failed: readonly string[];
};

const paths = ["/livez", "/api/v1/availability?sku=MUG"];
const everyMs = 20;

/** Asks again and again until it is stopped. */
export function startProber(url: string): { stop(): Promise<Waits> } {
  const waits: number[] = [];
  const failed: string[] = [];
  let isOver = false;
  const ask = async (path: string): Promise<void> => {
    const begun = performance.now();
    const reply = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${testAccess.apiKey}` },
    });
    await reply.text();
    waits.push(performance.now() - begun);
    if (reply.status !== 200) failed.push(`${path}: ${reply.status}`);
  };
  const asking = (async () => {
    while (!isOver) {
      for (const path of paths) await ask(path);
      await pause(everyMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await asking;
      const sorted = waits.toSorted((one, other) => one - other);
      const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
      const longestMs = Math.round(sorted.at(-1) ?? 0);
      return { asked: waits.length, medianMs: at(0.5), p99Ms: at(0.99), longestMs, failed };
    },
  };
}
