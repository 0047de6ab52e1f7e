// `tallyman restore`: restores a backup into an empty database, checks its books, and says what is to be done before the
// service starts on it.

import { type Finding, audit } from "../../db/audit/audit.ts";
import { doesHold } from "../../db/audit/runs.ts";
import { BackupError } from "../../db/backup/backup-format.ts";
import { type Restored, restoreBackup } from "../../db/backup/restore-backup.ts";
import { type Config, readConfig } from "../../config.ts";
import { grouped } from "../../contract/issue-words.ts";
import { prepareSchema } from "../../queues/postgres-backend.ts";
import { exitCodes, type Given } from "../command.ts";
import { withConfiguredDatabase } from "../configured-database.ts";
import { OperatorError } from "../operator-error.ts";
import { createProgress } from "../progress.ts";
import { describeMoment } from "./backup-command.ts";
import { readBackupFile } from "./backup-file.ts";

/** Restores the file. Resolves with the exit code: 1 if the books of the backup do not balance. */
export async function restoreCommand({ environment, args, options }: Given): Promise<number> {
  const [file = ""] = args;
  const config = readConfig(environment);
  return withConfiguredDatabase(environment, async (url, name) => {
    const restored = await restore(url, file);
    if (!usesRedis(config)) await prepareSchema(url);
    const findings = await audit(url);
    const broken = findings.filter(({ faults }) => faults > 0);
    process.stdout.write(
      options["json"] === true
        ? asJson(file, restored, broken)
        : asText(name, restored, broken, findings.length, config),
    );
    return doesHold(findings) ? exitCodes.well : exitCodes.failed;
  });
}

const usesRedis = ({ REDIS_URL, REDIS_CLUSTER_NODES }: Config): boolean =>
  REDIS_URL !== undefined || REDIS_CLUSTER_NODES !== undefined;

async function restore(url: string, file: string): Promise<Restored> {
  const progress = createProgress(process.stderr, "restore", "rows");
  try {
    return await restoreBackup(url, readBackupFile(file), (rows) => progress.at(rows));
  } catch (error) {
    throw error instanceof BackupError ? new OperatorError(error.message) : error;
  } finally {
    progress.end();
  }
}

function asJson(
  file: string,
  { head, end, leftOut, analyzed }: Restored,
  broken: readonly Finding[],
): string {
  const { at, place, version } = head;
  const { rows } = end;
  const document = { format: 1, file, rows, at, place, version, leftOut, analyzed, broken };
  return `${JSON.stringify(document)}\n`;
}

function asText(
  name: string,
  { head, end, leftOut, analyzed }: Restored,
  broken: readonly Finding[],
  checked: number,
  config: Config,
): string {
  const lines = [
    `${name} has the ${grouped(end.rows)} rows of the backup. ${describeMoment(head)}`,
    ...leftOut.map((table) => `Left out the table ${table}: it is none of Tallyman's.`),
    ...(analyzed
      ? []
      : ["PostgreSQL does not know the sizes of the tables yet: run `analyze` in the database."]),
    ...broken.map(({ invariant, faults }) => `BROKEN  ${invariant}: ${grouped(faults)} faults`),
    broken.length === 0
      ? `All ${checked} invariants hold.`
      : `${broken.length} of ${checked} invariants do not hold, as when the backup was made: see \`tallyman audit\`.`,
    "",
    "Before the service starts:",
    ...(usesRedis(config)
      ? ["  - Flush the queue store. Its jobs may be about orders that are gone."]
      : []),
    "  - If the service has another login than this one, grant it its rights again.",
    "  - Keys, sessions, passwords and second factors are those of the backup: revoke and end again what was revoked and ended since then.",
    "  - Customers who were forgotten since then are back: forget them again. The store does not know who they were.",
    "Then:",
    `  - Orders and payments of after ${head.at} are missing. \`tallyman order missing <file>\` says which of the checkout's references have no order. Send these again.`,
    ...(head.place === null
      ? []
      : [
          `  - Readers of the feed go on from a place up to ${head.place}. Others have read what is gone: they read all levels again.`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
