// Lays the files of closed months over the ledger before an audit.

import type { Client } from "pg";
import { type LaidIn, loadFiles, proveFiles } from "../../db/audit/closed-files.ts";
import { lockClosing } from "../../db/closing/closing-lock.ts";
import { sqlStateOf } from "../../db/sql/retry-transaction.ts";
import { withLedgerFile } from "../ledger/ledger-files.ts";
import { OperatorError } from "../operator-error.ts";

/** SQLSTATEs of a standby, which has no temporary tables, and of a row that was loaded before. */
const states = { readOnly: "25006", twice: "23505" };

/** Proves the files, and lays them in. Throws an `OperatorError` that names a file which can't be used. */
export async function layIn(client: Client, paths: readonly string[]): Promise<LaidIn> {
  if (!(await lockClosing(client))) {
    throw new OperatorError(
      "Expected nobody to close a month of the ledger while its files are proved; somebody does. Wait for its end.",
    );
  }
  try {
    await loadFiles(
      client,
      paths.map((path) => (take) => withLedgerFile(path, (_kind, read) => take(read()))),
    );
    return await proveFiles(client);
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === states.readOnly) {
      throw new OperatorError(
        "--file expected a database with temporary tables; this one is a standby. Name the primary in DATABASE_URL.",
      );
    }
    if (state === states.twice) {
      throw new OperatorError(
        isMonth(error)
          ? "--file expected one file of each month; one came twice."
          : "--file expected each movement and each balance once; a file has one twice. It was changed: use a copy of it.",
      );
    }
    throw error;
  }
}

/** Whether it was a month that was loaded before. */
const isMonth = (error: unknown): boolean =>
  error instanceof Error && "constraint" in error && error.constraint === "filed_month_pkey";
