// Closes months as the command does, without its files on a disk.

import { Buffer } from "node:buffer";
import type { Pool } from "pg";
import { beginMonth } from "../../../../src/db/closing/begin-month.ts";
import { checkLedger } from "../../../../src/db/closing/check-ledger.ts";
import { findMonth, type OpenMonth } from "../../../../src/db/closing/find-month.ts";
import { removeSales } from "../../../../src/db/closing/remove-sales.ts";
import { writeLedger } from "../../../../src/db/closing/write-ledger.ts";
import { type LedgerMonth, monthNamed } from "../../../../src/domain/ledger/ledger-month.ts";

/** The month of this name. */
export function monthOf(name: string | undefined): LedgerMonth {
  const found = monthNamed(name ?? "");
  if (found === null) throw new Error(`Expected a month; got ${name}.`);
  return found;
}

/** The month, which must be one that can be closed. */
export async function openMonth(pool: Pool, name: string | undefined): Promise<OpenMonth> {
  const found = await findMonth(pool, monthOf(name), new Date());
  if ("kind" in found) throw new Error(`Expected an open month; ${name} is ${found.kind}.`);
  return found;
}

/** The bytes of its file, not compressed. */
export async function fileOf(pool: Pool, found: OpenMonth): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of writeLedger(pool, found, { version: "test", onRows: () => undefined })) {
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Bytes as they come from a disk: lines are cut between two parts. */
export async function* inParts(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

/** Begins to close it: its balances are there, and nothing is deleted. */
export async function begin(pool: Pool, found: OpenMonth): Promise<void> {
  const digest = await checkLedger(pool, found, inParts(await fileOf(pool, found)));
  await beginMonth(pool, found, { file: "ledger", digest, actor: "operator:test" });
}

/** Closes it. Resolves with how many sales went. */
export async function closeWhole(pool: Pool, name: string | undefined): Promise<number> {
  await begin(pool, await openMonth(pool, name));
  let removed = 0;
  for (let hasMore = true; hasMore;) {
    const portion = await removeSales(pool, 2_000);
    ({ hasMore } = portion);
    removed += portion.removed;
  }
  return removed;
}
