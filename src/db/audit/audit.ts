// Runs the invariants against a database.

import type { Client } from "pg";
import { inSnapshot } from "./in-snapshot.ts";
import { invariants } from "./invariants.ts";

/** What an audit found of one invariant: how many faults, and the first few of them. */
export type Finding = {
  readonly invariant: string;
  readonly faults: number;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
};

/** Faults of one invariant that are shown. */
const examplesMax = 5;

/** Audits the books beside live traffic. Resolves with a finding for each invariant, in their order. */
export function audit(databaseUrl: string): Promise<Finding[]> {
  return inSnapshot(databaseUrl, auditBooks);
}

/** Audits the books as a snapshot shows them. */
export async function auditBooks(client: Client): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { name, faults } of invariants) {
    const { rows } = await client.query<Record<string, unknown>>(faults);
    findings.push({ invariant: name, faults: rows.length, examples: rows.slice(0, examplesMax) });
  }
  return findings;
}
