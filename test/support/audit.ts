// The audit as a test's last word.

import { expect } from "vitest";
import { audit } from "../../src/db/audit/audit.ts";

/** Fails, showing the faults, where the books of a database do not balance. */
export async function expectBalancedBooks(databaseUrl: string): Promise<void> {
  const faulty = (await audit(databaseUrl)).filter(({ faults }) => faults > 0);
  expect(faulty).toEqual([]);
}
