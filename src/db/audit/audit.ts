// Runs the invariants against a database.

import type { Client } from "pg";
import { inSnapshot } from "./in-snapshot.ts";
import { invariants } from "./invariants.ts";

/** The result for one invariant: how many rows violate it, and the first few of them. */
export type Finding = {
  readonly invariant: string;
  readonly faults: number;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
};

/** The most examples of one invariant. */
const examplesMax = 5;

/** Audits the books while orders go on. Resolves with a finding for each invariant, in their order. */
export function audit(databaseUrl: string): Promise<Finding[]> {
  return inSnapshot(databaseUrl, auditBooks);
}

/** Audits the books on a connection of `inSnapshot`. */
export async function auditBooks(client: Client): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, faults } of invariants) {
    const { rows } = await client.query<Record<string, unknown>>(faults);
    findings.push({ invariant: name, faults: rows.length, examples: rows.slice(0, examplesMax) });
  }
  return findings;
}
