// `tallyman ledger close`: writes a month of the ledger into a file, and deletes its sales. A run that was stopped goes on
// where it ended. Nothing else closes a month.

import type { Buffer } from "node:buffer";
import { basename, join } from "node:path";
import * as z from "zod";
import type { Client, Pool } from "pg";
import { auditBooks } from "../../db/audit/audit.ts";
import { doesHold } from "../../db/audit/runs.ts";
import { beginMonth } from "../../db/closing/begin-month.ts";
import { checkLedger } from "../../db/closing/check-ledger.ts";
import { lockClosing } from "../../db/closing/closing-lock.ts";
import { findMonth, type OpenMonth } from "../../db/closing/find-month.ts";
import { rowsPerPortion } from "../../db/closing/ledger-file.ts";
import { type ClosingMonth, readClosedCounts, readClosing } from "../../db/closing/read-closing.ts";
import { removeSales } from "../../db/closing/remove-sales.ts";
import { writeLedger } from "../../db/closing/write-ledger.ts";
import { createClient, createPool, livingConnection } from "../../db/sql/pool.ts";
import { type LedgerMonth, monthNamed } from "../../domain/ledger/ledger-month.ts";
import { version } from "../../process/version.ts";
import type { Given } from "../command.ts";
import { requireSchema, withConfiguredDatabase } from "../configured-database.ts";
import { listenForInterruption } from "../interruption.ts";
import { OperatorError, UsageError } from "../operator-error.ts";
import { operatorName } from "../operator-name.ts";
import { createProgress } from "../progress.ts";
import { isThere, writeWholeFile } from "../whole-file.ts";
import { describeBegun, describeClosed, describePlan, describeUnclosable } from "./close-words.ts";
import { ledgerFile, readLedgerDigest, settleLedgerFile, withLedgerFile } from "./ledger-files.ts";

/** How long a statement may take, in milliseconds: one reads all movements of a month. */
const statementMsMax = 600_000;

/** What was asked for. */
type Closing = {
  readonly pool: Pool;
  readonly client: Client;
  readonly month: LedgerMonth;
  readonly folder: string;
  readonly actor: string;
  readonly isMeant: boolean;
  readonly signal: AbortSignal;
};

const optionsSchema = z.object({
  to: z.string(),
  yes: z.boolean().default(false),
  by: z.string().optional(),
  json: z.boolean().default(false),
});

/** Closes a month, or shows what would be done. Throws an `OperatorError` if it can't be closed. */
export async function closeCommand({ environment, args, options: raw }: Given): Promise<void> {
  const [name = ""] = args;
  const month = monthNamed(name);
  if (month === null) {
    throw new UsageError(`Expected a month such as 2024-03; got ${JSON.stringify(name)}.`);
  }
  const { to: folder, yes: isMeant, by, json } = optionsSchema.parse(raw);
  const actor = `operator:${operatorName(by)}`;
  const { signal } = listenForInterruption(
    "What is deleted is in the file and in the balances. Run the command again to go on.",
  );
  await withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const options = { max: 2, synchronousCommit: "on", statementMsMax } as const;
    const pool = createPool(url, { ...options, onError: () => undefined });
    const client = createClient(url, "tallyman-ledger", livingConnection);
    await client.connect();
    try {
      const asked = { pool, client, month, folder, actor, isMeant, signal };
      process.stdout.write(await close(asked, json));
    } finally {
      await client.end();
      await pool.end();
    }
  });
}

async function close(asked: Closing, json: boolean): Promise<string> {
  const { pool, client, month, folder, isMeant, signal } = asked;
  if (!(await lockClosing(client))) {
    throw new OperatorError(
      "Expected nobody else to close a month or to audit its file; somebody does. Wait for its end.",
    );
  }
  const file = ledgerFile(folder, month.name);
  const begun = await findBegun(asked);
  if (begun !== null && !isMeant) {
    const { name, left } = begun;
    return json ? asJson(false, file, { month: name, left }) : describeBegun(begun);
  }
  if (begun !== null) {
    await settleLedgerFile(file);
  } else {
    const found = await findMonth(pool, month, new Date());
    if ("kind" in found) throw new OperatorError(describeUnclosable(month.name, found));
    if (!isMeant) {
      return json
        ? asJson(false, file, { ...found, month: found.name })
        : describePlan(file, found);
    }
    await requireBooks(client);
    const digest = await fileMonth(asked, file, found);
    await settleLedgerFile(file);
    //! kill point: ledger-filed
    await beginMonth(pool, found, { file: basename(file), digest, actor: asked.actor });
  }
  //! kill point: month-begun
  await removeAll(pool, signal);
  const closed = await readClosedCounts(pool, month.name);
  return json
    ? asJson(true, file, { month: month.name, ...closed })
    : describeClosed(month.name, file, closed);
}

/** Finds what an earlier run has begun to close; null if it is nothing. The file must be there, as it was. */
async function findBegun({ pool, month, folder }: Closing): Promise<ClosingMonth | null> {
  const closing = await readClosing(pool);
  if (closing === null) return null;
  if (closing.name !== month.name) {
    throw new OperatorError(
      `Expected ${closing.name}, which is being closed; got ${month.name}. Close ${closing.name} to its end first.`,
    );
  }
  const path = join(folder, closing.file);
  const digest = await readLedgerDigest(path);
  if (digest !== closing.digest) {
    throw new OperatorError(
      `${path}: expected the file with which this month began to be closed, ${closing.digest}; this one has ${digest}. Put a copy of that file there. Nothing more was deleted.`,
    );
  }
  return closing;
}

/** Throws unless all books balance: what is wrong with them must be seen before it is in a file only. */
async function requireBooks(client: Client): Promise<void> {
  const { findings } = await auditBooks(client, {
    show: (label, unit, total) => createProgress(process.stderr, label, unit, total),
  });
  if (doesHold(findings)) return;
  throw new OperatorError(
    "Expected books that balance; they don't. Run `tallyman audit` to see what is wrong. Nothing was written or deleted.",
  );
}

/** Writes the month's file, or takes the one that a run before has written. Resolves with its digest. */
async function fileMonth(
  { pool, signal }: Closing,
  path: string,
  month: OpenMonth,
): Promise<string> {
  if (await isThere(path)) {
    return withLedgerFile(path, (_kind, read) => checkLedger(pool, month, read()));
  }
  let digest = "";
  const check = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
    digest = await checkLedger(pool, month, bytes);
  };
  const progress = createProgress(process.stderr, "writing", "movements", month.movements);
  const parts = writeLedger(pool, month, { version, onRows: (rows) => progress.at(rows) });
  await withLedgerFile(path, (kind) =>
    writeWholeFile(path, { kind, parts, check, signal }),
  ).finally(() => progress.end());
  return digest;
}

async function removeAll(pool: Pool, signal: AbortSignal): Promise<void> {
  const left = (await readClosing(pool))?.left ?? 0;
  const progress = createProgress(process.stderr, "deleting", "movements", left);
  let seen = 0;
  try {
    for (let hasMore = true; hasMore;) {
      signal.throwIfAborted();
      const portion = await removeSales(pool, rowsPerPortion);
      //! kill point: sales-removed
      ({ hasMore } = portion);
      seen += portion.seen;
      progress.at(seen);
    }
  } finally {
    progress.end();
  }
}

function asJson(closed: boolean, file: string, counts: object): string {
  return `${JSON.stringify({ format: 1, closed, file, ...counts })}\n`;
}
