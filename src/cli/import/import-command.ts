// `tallyman import`: imports a product file to a running service through its API, after a dry run. The same command
// continues after an interruption, because a product that is as the file says does not change again.

import { createInterface } from "node:readline/promises";
import { importReportSchema, type ImportReportReply } from "../../contract/product-file.ts";
import { type ApiClient, ApiRefusal, createApiClient } from "../api-client.ts";
import { listenForInterruption } from "../interruption.ts";
import { operatorErrorOf } from "../operator-error.ts";
import { createProgress } from "../progress.ts";
import {
  describeCounts,
  describePlaced,
  describeProducts,
  describeSource,
} from "./describe-import.ts";
import { type FilePart, partsOf } from "./file-parts.ts";
import { type ImportOptions, readImportOptions } from "./import-options.ts";
import { readImportFile } from "./read-file.ts";

/** Runs the command and resolves with its exit code: 1 if a product was refused. Faults of the file reject. */
export async function importCommand(
  environment: Readonly<Record<string, string | undefined>>,
  path: string,
  given: Readonly<Record<string, unknown>>,
): Promise<number> {
  const options = readImportOptions({ ...given, key: given["key"] ?? environment["TALLYMAN_KEY"] });
  const { file, isGuessed } = await readImportFile(path, options, options.encoding);
  const { rows, faults, source, sheet } = file;
  print(describeSource(source, isGuessed));
  if (faults.count > 0) throw faultsOf(path, faults.first.map(describePlaced), faults.count);
  const records = new Map(sheet.rows.map(({ line, cells }) => [line, cells]));
  const parts = partsOf(rows, sheet.head, records);
  const { signal } = listenForInterruption(
    "Imported products are stored: the same command continues after them.",
  );
  const api = createApiClient({ url: options.url, key: options.key, signal });
  // Each part is sent in the format that the whole file was recognised as.
  const named = { ...options, format: source.format };
  const dry = await sendParts(api, parts, named, true);
  const wrong = dry.flatMap(({ faults: found }) => found);
  const wrongCount = dry.reduce((sum, { faultCount }) => sum + faultCount, 0);
  if (wrongCount > 0) throw faultsOf(path, wrong.map(describePlaced), wrongCount);
  const planned = sumOf(dry);
  if (planned.created + planned.updated === 0) {
    print([`Nothing would change: ${describeCounts(planned, true)}`]);
    return 0;
  }
  const question = describeCounts(planned, true);
  if (!options.yes && !(await isAgreed(question, dry))) return 0;
  const done = await sendParts(api, parts, named, false);
  const products = done.flatMap(({ products: some }) => some);
  print([...describeProducts(products), "", describeCounts(sumOf(done), false)]);
  const refused = products.filter(({ refusal }) => refusal !== null).length;
  if (refused > 0) print([`${refused} were refused. Run the same command again.`]);
  return refused > 0 ? 1 : 0;
}

/** Shows the dry run, and asks on a terminal. Without one, nothing is imported. */
async function isAgreed(counts: string, reports: readonly ImportReportReply[]): Promise<boolean> {
  print([...reports.flatMap(({ products }) => describeProducts(products)), "", counts]);
  if (!process.stdin.isTTY) {
    print(["This was a dry run. Add --yes to import."]);
    return false;
  }
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const reply = await ask.question("Import now? (yes/no) ");
  ask.close();
  return /^y(?:es)?$/i.test(reply.trim());
}

async function sendParts(
  api: ApiClient,
  parts: readonly FilePart[],
  { format, location }: Pick<ImportOptions, "format" | "location">,
  dryRun: boolean,
): Promise<ImportReportReply[]> {
  const total = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const label = dryRun ? "Dry run" : "Importing";
  const progress = createProgress(process.stderr, label, "rows", total);
  const query = new URLSearchParams({
    dryRun: String(dryRun),
    ...(format === undefined ? {} : { format }),
    ...(location === undefined ? {} : { location }),
  });
  const reports: ImportReportReply[] = [];
  let done = 0;
  for (const { csv, lines, rows } of parts) {
    const report = await sendPart(api, `/product-import?${query.toString()}`, csv);
    const faults = report.faults.map((fault) => ({
      ...fault,
      line: lines[fault.line] ?? fault.line,
    }));
    reports.push({ ...report, faults });
    done += rows.length;
    progress.at(done);
  }
  progress.end();
  return reports;
}

async function sendPart(api: ApiClient, path: string, csv: string): Promise<ImportReportReply> {
  try {
    return await api.post(path, { csv }, importReportSchema);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    throw operatorErrorOf(
      [error.message],
      "What was imported before is stored. Run the same command again.",
    );
  }
}

function sumOf(reports: readonly ImportReportReply[]) {
  const sum = { created: 0, updated: 0, unchanged: 0 };
  for (const { created, updated, unchanged } of reports) {
    sum.created += created;
    sum.updated += updated;
    sum.unchanged += unchanged;
  }
  return sum;
}

function faultsOf(path: string, problems: readonly string[], count: number) {
  const more = count - problems.length;
  return operatorErrorOf(
    [...problems, ...(more > 0 ? [`and ${more} more`] : [])],
    `${path}: nothing was imported. Correct the file, and run the command again.`,
  );
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
