// Reads the file of a backup: part by part, and each row as PostgreSQL wrote it. Throws a `BackupError` if the file is not
// whole, or is something else.

import { Buffer } from "node:buffer";
import type * as z from "zod";
import {
  type BackedUpTable,
  BackupError,
  type End,
  endOfRows,
  endSchema,
  type Head,
  headSchema,
  tableEndSchema,
  tableSchema,
} from "./backup-format.ts";

/** What is done with a backup while it is read. */
export type BackupReader = {
  onHead(head: Head): Promise<void>;
  /** Takes all rows of a table: bytes with whole lines. It must read them to their end. */
  onTable(table: BackedUpTable, rows: AsyncIterable<Buffer>): Promise<void>;
};

/** The most bytes of a line of JSON. The list of a table's columns has some hundreds. */
const lineMax = 1_000_000;

const newline = 10;
const endLine = Buffer.from(`${endOfRows}\n`);

/** Reads a backup that is not compressed any more. Resolves with its last line, after all of it was as that says. */
export async function readBackup(
  bytes: AsyncIterable<Buffer>,
  { onHead, onTable }: BackupReader,
): Promise<End> {
  const lines = createLines(bytes);
  await onHead(parse(headSchema, await lines.next(), "the head of a backup"));
  let tables = 0;
  let rows = 0;
  for (;;) {
    const text = await lines.next();
    const end = endSchema.safeParse(parsed(text));
    if (end.success) {
      requireSame("tables", end.data.tables, tables);
      requireSame("rows", end.data.rows, rows);
      await lines.requireEnd();
      return end.data;
    }
    const table = parse(tableSchema, text, "a table or the end of the backup");
    const counted = { rows: 0 };
    await onTable(table, lines.rows(counted));
    const said = parse(tableEndSchema, await lines.next(), `the end of the table ${table.table}`);
    requireSame(`rows of the table ${table.table}`, said.rows, counted.rows);
    tables += 1;
    rows += said.rows;
  }
}

/** Reads a backup without doing anything with it: only to see that it is whole. */
export async function checkBackup(
  bytes: AsyncIterable<Buffer>,
): Promise<{ readonly head: Head; readonly end: End }> {
  const heads: Head[] = [];
  const end = await readBackup(bytes, {
    async onHead(head) {
      heads.push(head);
    },
    async onTable(_table, rows) {
      for await (const part of rows) void part;
    },
  });
  const [head] = heads;
  if (head === undefined) throw incomplete();
  return { head, end };
}

type Lines = {
  /** The next line, without its end. */
  next(): Promise<string>;
  /** The rows up to the line that ends them. `counted` has their number afterwards. */
  rows(counted: { rows: number }): AsyncGenerator<Buffer>;
  /** Throws unless everything was read. Only then is the checksum of the compression known to be right. */
  requireEnd(): Promise<void>;
};

function createLines(bytes: AsyncIterable<Buffer>): Lines {
  const source = bytes[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const next = await source.next();
    if (next.done === true) throw incomplete();
    rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
  };
  return {
    async next() {
      while (!rest.includes(newline)) {
        if (rest.length > lineMax) throw notABackup("a line of JSON");
        await more();
      }
      const end = rest.indexOf(newline);
      const text = rest.toString("utf8", 0, end);
      rest = rest.subarray(end + 1);
      return text;
    },
    async requireEnd() {
      const next = rest.length > 0 ? undefined : await source.next();
      if (next?.done !== true) throw notABackup("nothing after the last line");
    },
    async *rows(counted) {
      for (;;) {
        const whole = rest.subarray(0, rest.lastIndexOf(newline) + 1);
        const end = endAt(whole);
        const isLast = end !== -1;
        const found = isLast ? whole.subarray(0, end) : whole;
        rest = rest.subarray(found.length + (isLast ? endLine.length : 0));
        counted.rows += countLines(found);
        if (found.length > 0) yield found;
        if (isLast) return;
        await more();
      }
    },
  };
}

/** Where the line begins that ends the rows; -1 if it is not there. */
function endAt(bytes: Buffer): number {
  if (bytes.subarray(0, endLine.length).equals(endLine)) return 0;
  const before = bytes.indexOf(`\n${endOfRows}\n`);
  return before === -1 ? -1 : before + 1;
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1;
  return count;
}

function parse<Output>(schema: z.ZodType<Output>, text: string, expected: string): Output {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  throw notABackup(expected);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requireSame(what: string, said: number, found: number): void {
  if (said === found) return;
  throw new BackupError(
    `Expected ${said} ${what}; the backup has ${found}. The file is damaged: use another backup.`,
  );
}

const notABackup = (expected: string): BackupError =>
  new BackupError(
    `Expected ${expected}; the file has something else. Name a file that \`tallyman backup\` of this version or an older one wrote; pg_restore reads those of pg_dump.`,
  );

const incomplete = (): BackupError =>
  new BackupError(
    "Expected the backup's last line; the file ends before it. It is not whole: use another backup.",
  );
