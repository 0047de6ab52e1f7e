// One process at a time closes a month of the ledger, or proves closed months by their files.

import type { ClientBase } from "pg";
import { advisoryLocks } from "../advisory-locks.ts";

/** Takes the lock until the connection ends. Resolves with false if another process has it. */
export async function lockClosing(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    "select pg_try_advisory_lock($1) as locked",
    [advisoryLocks.ledgerClosing],
  );
  return rows[0]?.locked === true;
}
