// Runs the invariants against a database.

import { createClient, livingConnection } from "../pool.ts";
import { invariants } from "./invariants.ts";

/** What an audit found of one invariant: how many faults, and the first few of them. */
export type Finding = {
  readonly invariant: string;
  readonly faults: number;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
};

/** Faults of one invariant that are shown. */
const examplesMax = 5;

/**
 * Audits the books. All invariants look at the same moment, so it may run beside live traffic. Resolves
 * with a finding for each, in their order.
 */
export async function audit(databaseUrl: string): Promise<Finding[]> {
  const client = createClient(databaseUrl, "tallyman-audit", livingConnection);
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const findings: Finding[] = [];
    for (const { name, faults } of invariants) {
      const { rows } = await client.query<Record<string, unknown>>(faults);
      findings.push({ invariant: name, faults: rows.length, examples: rows.slice(0, examplesMax) });
    }
    await client.query("commit");
    return findings;
  } finally {
    await client.end();
  }
}
