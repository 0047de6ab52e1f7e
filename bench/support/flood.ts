// Runs floods in separate processes, and watches what the service's processes need meanwhile.

import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createApiKey } from "../../src/api/auth/api-key.ts";
import { type FloodResult, floodResult, type FloodSpec } from "./flood-spec.ts";
import type { Store } from "./store.ts";

/** Starts a flood, and resolves with what became of it. */
export function flood(store: Store, spec: FloodSpec): Promise<FloodResult> {
  const generator = store.startProgram("flood", [JSON.stringify(spec)]);
  return generator.receive((message) => floodResult.safeParse(message).data);
}

/** Adds an API key that may place orders, beside that of the bench. */
export async function addKey({ pool }: Store, name: string): Promise<string> {
  const { key, prefix, secretHash } = createApiKey();
  await pool.query(
    `insert into api_key (id, name, prefix, secret_hash, scopes, created_by)
     values (uuidv7(), $1, $2, $3, '{orders:write}', 'bench')`,
    [name, prefix, secretHash],
  );
  return key;
}

/** What was seen during a flood. Memory is in bytes. */
export type Seen = {
  /** The most undecided orders, and the greatest age of one, in seconds. */
  pendingMax: number;
  oldestMax: number;
  readonly memoryMax: Record<string, number>;
};

/** Looks at processes and the backlog every second until `during` settles. */
export async function watch(
  { pool }: Store,
  pids: Readonly<Record<string, number>>,
  during: Promise<unknown>,
): Promise<Seen> {
  const seen: Seen = { pendingMax: 0, oldestMax: 0, memoryMax: {} };
  let lasts = true;
  const end = (): void => {
    lasts = false;
  };
  during.then(end, end);
  while (lasts) {
    for (const [name, bytes] of Object.entries(await memoryOf(pids))) {
      seen.memoryMax[name] = Math.max(seen.memoryMax[name] ?? 0, bytes);
    }
    const { rows } = await pool.query<{ pending: number; oldest: number }>(
      `select count(*) as pending,
         coalesce(extract(epoch from clock_timestamp() - min(accepted_at)), 0)::double precision as oldest
       from "order" where status = 'pending'`,
    );
    seen.pendingMax = Math.max(seen.pendingMax, rows[0]?.pending ?? 0);
    seen.oldestMax = Math.max(seen.oldestMax, rows[0]?.oldest ?? 0);
    await sleep(1_000);
  }
  return seen;
}

/** The memory that processes use now, in bytes, by the name of the process. */
export async function memoryOf(
  pids: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const all = Object.entries(pids).map(async ([name, pid]) => {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return [name, Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) * 1024] as const;
  });
  return Object.fromEntries(await Promise.all(all));
}
