// Finds what a refused request left behind in the store.

import { setTimeout as pause } from "node:timers/promises";
import type { Attack } from "./attack.ts";
import type { AttackedService } from "./attacked-service.ts";
import { sendAll, showAttack } from "./send-all.ts";
import { differences, digestStore, type StoreDigest } from "./store-digest.ts";

/**
 * Sends attacks again that were refused, and compares the store before and after. If it differs, sends halves of them
 * until it knows which of them it was. Those that are taken this time are left out: others may have made way for them.
 */
export async function findTraces(
  service: Pick<AttackedService, "sql" | "send">,
  refused: readonly Attack[],
): Promise<string[]> {
  const before = await digestWhenQuiet(service.sql);
  const outcomes = await sendAll(service, refused);
  const changed = differences(before, await digestStore(service.sql));
  if (changed.length === 0) return [];
  const again = outcomes.filter(({ got }) => got.status >= 400).map(({ attack }) => attack);
  if (again.length < refused.length) return findTraces(service, again);
  const [only] = again;
  if (only !== undefined && again.length === 1) {
    return [`${showAttack(only)}\n  left a trace: ${changed.join(", ")}`];
  }
  const middle = Math.ceil(again.length / 2);
  const halves = [again.slice(0, middle), again.slice(middle)];
  const found: string[] = [];
  for (const half of halves) found.push(...(await findTraces(service, half)));
  return found.length > 0
    ? found
    : [`${again.length} refused requests left a trace: ${changed.join(", ")}`];
}

/** The jobs of what was taken are announced after the answer; this waits for the last of them. */
async function digestWhenQuiet(sql: AttackedService["sql"]): Promise<StoreDigest> {
  for (let digest = await digestStore(sql); ;) {
    await pause(20);
    const next = await digestStore(sql);
    if (differences(digest, next).length === 0) return next;
    digest = next;
  }
}
