// `tallyman order missing`: which of a file's references have no order in the configured database. After a restore these are
// the orders that came after the backup, if the file is a list that the checkout kept.

import { findMissing } from "../../db/orders/find-missing.ts";
import { createClient } from "../../db/sql/pool.ts";
import { grouped } from "../../contract/issue-words.ts";
import type { Given } from "../command.ts";
import { requireSchema, withConfiguredDatabase } from "../configured-database.ts";
import { UsageError } from "../operator-error.ts";
import { type CsvFile, openCsv } from "../replay/read-csv.ts";

/** Some are missing: this is no failure, and a script must be able to tell. */
const exitCode = { none: 0, some: 3 } as const;

/** How many references are looked up at once. */
const atOnce = 5_000;

/**
 * Prints the references without an order, one on each line. Throws a `UsageError` if the file has no such column, and an
 * `OperatorError` if it can't be read.
 */
export async function orderMissingCommand({ environment, args, options }: Given): Promise<number> {
  const [path = ""] = args;
  const file = await openCsv(path === "-" ? "/dev/stdin" : path, { quotes: "standard" });
  const references = readReferences(file, options["column"]);
  const isJson = options["json"] === true;
  return withConfiguredDatabase(environment, async (url) => {
    await requireSchema(url);
    const client = createClient(url, "tallyman-missing");
    await client.connect();
    try {
      const missing = new Set<string>();
      let read = 0;
      for await (const group of references) {
        read += group.length;
        for (const reference of await findMissing(client, group)) missing.add(reference);
      }
      process.stdout.write(
        isJson
          ? `${JSON.stringify({ format: 1, references: read, missing: [...missing] })}\n`
          : [...missing].map((reference) => `${reference}\n`).join(""),
      );
      process.stderr.write(
        `${grouped(missing.size)} of ${grouped(read)} references have no order.\n`,
      );
      return missing.size === 0 ? exitCode.none : exitCode.some;
    } finally {
      await client.end();
    }
  });
}

/** The references of a file, in groups: of one column, or of a file that has one reference on each line. */
async function* readReferences(file: CsvFile, column: unknown): AsyncGenerator<string[]> {
  const wanted = typeof column === "string" ? column : "reference";
  const names = file.columns.map((name) => name.trim().toLowerCase());
  const place = names.indexOf(wanted.trim().toLowerCase());
  const isList = place === -1 && typeof column !== "string" && names.length === 1;
  if (place === -1 && !isList) {
    await file.close();
    throw new UsageError(
      `--column: expected the name of the column with the references; the file has no ${JSON.stringify(wanted)}, but ${file.columns.map((name) => JSON.stringify(name)).join(", ")}.`,
    );
  }
  let group: string[] = isList ? [...file.columns] : [];
  for await (const records of file.records) {
    for (const record of records) {
      if (record.kind === "fault") {
        throw new UsageError(`Line ${record.line}: ${record.detail}`);
      }
      const reference = record.cells[Math.max(0, place)]?.trim() ?? "";
      if (reference !== "") group.push(reference);
    }
    while (group.length >= atOnce) {
      yield group.slice(0, atOnce);
      group = group.slice(atOnce);
    }
  }
  if (group.length > 0) yield group;
}
