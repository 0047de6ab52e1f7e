// The file of a closed month: compressed by gzip, and a line of JSON for each thing inside. The first line says what the file
// is. Then come the balances of the levels and all movements, with the columns of the database. The last line has the SHA-256
// of all lines before it. So the file can be read and checked without this program.

import type { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { TextDecoder } from "node:util";
import * as z from "zod";

/** A file could not be read, or is not what it should be. The message says what was expected, what came, and what to do. */
export class LedgerFileError extends Error {
  override readonly name = "LedgerFileError";
}

const id = z.string().regex(/^\d+$/);

/** The first line. `previous` is the digest of the file of the month before; null if this is the first one. */
export const ledgerHeadSchema = z.object({
  tallyman: z.literal("ledger"),
  format: z.literal(1),
  /** The version of the program that wrote it. */
  version: z.string(),
  store: z.string(),
  month: z.string(),
  after: id,
  upTo: id,
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
  levels: z.int().positive(),
  movements: z.int().positive(),
  previous: z.string().nullable(),
});

export type LedgerHead = z.output<typeof ledgerHeadSchema>;

/** A level's line: its counts at the beginning and the end of the month. */
export type LedgerBalance = {
  readonly level_id: number;
  readonly sku: string;
  readonly opening: number;
  readonly units: number;
  readonly movements: number;
};

const ledgerEndSchema = z.object({ end: z.literal(true), lines: z.int(), sha256: z.string() });

/** What is done with a file while it is read. Rows come in portions, each as the text of a JSON array. */
export type LedgerReader = {
  onHead(head: LedgerHead): Promise<void>;
  onBalances(rows: string, count: number): Promise<void>;
  onMovements(rows: string, count: number): Promise<void>;
};

/** A file that was read to its end, and was as its last line says. */
export type LedgerRead = { readonly head: LedgerHead; readonly digest: string };

/** The rows of one portion. */
export const rowsPerPortion = 2_000;

/** The most characters of a line. A note has some thousands at most. */
const lineMax = 1_000_000;

/** How the lines of balances and movements begin. What follows is the row, and a closing brace. */
export const rowStarts = { balance: '{"balance":', movement: '{"movement":' } as const;

/** Adds up the digest of lines, which are given without their ends. */
export function createDigest() {
  const hash = createHash("sha256");
  let lines = 0;
  return {
    add(line: string): void {
      hash.update(`${line}\n`);
      lines += 1;
    },
    /** The last line. */
    end: () => JSON.stringify({ end: true, lines, sha256: hash.digest("hex") }),
  };
}

/** Reads a file that is not compressed any more. Throws a `LedgerFileError` if it is not whole, or is something else. */
export async function readLedgerFile(
  bytes: AsyncIterable<Buffer>,
  { onHead, onBalances, onMovements }: LedgerReader,
): Promise<LedgerRead> {
  const digest = createDigest();
  const take = { balance: onBalances, movement: onMovements };
  const heads: LedgerHead[] = [];
  let kind: keyof typeof rowStarts = "balance";
  let rows: string[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await take[kind](`[${rows.join(",")}]`, rows.length);
    rows = [];
  };
  for await (const { line, isLast } of linesOf(bytes)) {
    const [head] = heads;
    if (head === undefined) {
      const read = parse(ledgerHeadSchema, line, "the first line of a month of the ledger");
      heads.push(read);
      await onHead(read);
    } else if (isLast) {
      await flush();
      const { sha256 } = parse(ledgerEndSchema, line, "the last line of a month of the ledger");
      requireSame(line, digest.end());
      return { head, digest: sha256 };
    } else {
      const next = kindOf(line);
      if (next !== kind || rows.length === rowsPerPortion) await flush();
      kind = next;
      rows.push(line.slice(rowStarts[kind].length, -1));
    }
    digest.add(line);
  }
  throw incomplete();
}

/** Splits text into lines. The last one ends with the file, and without a newline nothing is whole. */
async function* linesOf(
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly line: string; readonly isLast: boolean }> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let held: string | undefined;
  for await (const part of bytes) {
    const lines = `${rest}${decode(decoder, part)}`.split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > lineMax) throw notLedger("a line of JSON");
    for (const line of lines) {
      if (held !== undefined) yield { line: held, isLast: false };
      held = line;
    }
  }
  if (rest !== "" || held === undefined) throw incomplete();
  yield { line: held, isLast: true };
}

function decode(decoder: TextDecoder, part: Buffer): string {
  try {
    return decoder.decode(part, { stream: true });
  } catch {
    throw notLedger("text");
  }
}

function kindOf(line: string): keyof typeof rowStarts {
  if (line.startsWith(rowStarts.movement)) return "movement";
  if (line.startsWith(rowStarts.balance)) return "balance";
  throw notLedger("a balance or a movement in each line");
}

function parse<Output>(schema: z.ZodType<Output>, text: string, expected: string): Output {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  throw expected.includes("last") ? incomplete() : notLedger(expected);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requireSame(said: string, found: string): void {
  if (said === found) return;
  throw new LedgerFileError(
    `Expected the lines that the last one was made of, ${said}; these make ${found}. The file was changed, or is damaged: use a copy of it.`,
  );
}

const notLedger = (expected: string): LedgerFileError =>
  new LedgerFileError(
    `Expected ${expected}; the file has something else. Name a file that \`tallyman ledger close\` wrote.`,
  );

const incomplete = (): LedgerFileError =>
  new LedgerFileError(
    "Expected the last line of a month of the ledger; the file ends without it. It is not whole: use a copy of it.",
  );
