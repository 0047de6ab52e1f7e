// `tallyman backup`: writes all data of the configured database into one file, while the service runs.

import { writeBackup } from "../../db/backup/write-backup.ts";
import type { Head } from "../../db/backup/backup-format.ts";
import { grouped } from "../../contract/issue-words.ts";
import { version } from "../../process/version.ts";
import type { Given } from "../command.ts";
import { withConfiguredDatabase } from "../configured-database.ts";
import { listenForInterruption } from "../interruption.ts";
import { createProgress } from "../progress.ts";
import { writeBackupFile } from "./backup-file.ts";

/** Writes the backup, reads it back, and prints what it matches. Throws an `OperatorError` if it can't be made. */
export async function backupCommand({ environment, args, options }: Given): Promise<void> {
  const [file = ""] = args;
  const { signal } = listenForInterruption("No backup was written.");
  await withConfiguredDatabase(environment, async (url, name) => {
    const heads: { head: Head; leftOut: readonly string[] }[] = [];
    const counted = { rows: 0 };
    const progress = createProgress(process.stderr, "backup", "rows");
    const parts = writeBackup(url, {
      version,
      onHead: (head, leftOut) => void heads.push({ head, leftOut }),
      onRows(rows) {
        counted.rows = rows;
        progress.at(rows);
      },
    });
    const bytes = await writeBackupFile(file, parts, signal).finally(() => progress.end());
    const [first] = heads;
    if (first === undefined) throw new Error("Expected the backup to have a head.");
    const { head, leftOut } = first;
    const { at, place } = head;
    const made = { file, bytes, rows: counted.rows, at, place, version, leftOut };
    process.stdout.write(
      options["json"] === true
        ? `${JSON.stringify({ format: 1, ...made })}\n`
        : `${name} is in ${file}: ${grouped(made.rows)} rows in ${grouped(bytes)} bytes. It was read back and is whole.\n${describeMoment(head)}\n${describeLeftOut(leftOut)}Keep it as secret as the database.\n`,
    );
  });
}

/** The tables that are left out, each on a line. */
export const describeLeftOut = (tables: readonly string[]): string =>
  tables.map((table) => `Left out the table ${table}: it is none of Tallyman's.\n`).join("");

/** What the data of a backup match, as a sentence. */
export function describeMoment({ at, place }: Pick<Head, "at" | "place">): string {
  const inFeed = place === null ? "" : `, place ${place} of the feed of events`;
  return `It is the state of ${at}${inFeed}.`;
}
