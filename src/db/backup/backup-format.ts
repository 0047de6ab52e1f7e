// The file of a backup: compressed by gzip, and text inside. A line of JSON says what the backup is. Then comes each table:
// a line of JSON, the rows as PostgreSQL's COPY writes them up to a line `\.`, and a line with their number. The last line
// says that the file is whole. So the data can be read without this program.

import * as z from "zod";

/** A backup could not be made, read or restored. The message says what was expected, what came, and what to do. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** The line before the first table. */
export const headSchema = z.object({
  tallyman: z.literal("backup"),
  format: z.literal(1),
  /** The version of the program that made it, and of the server. */
  version: z.string(),
  server: z.string(),
  /** The time that the data match, by the server's clock, as RFC 3339. */
  at: z.iso.datetime(),
  /** The place in the feed of events that the data match; null for a schema that has no such feed yet. */
  place: z.string().regex(/^\d+$/).nullable(),
  /** The migrations that the database had, in their order. */
  migrations: z.array(z.string()).min(1),
});

export type Head = z.output<typeof headSchema>;

/** The line before the rows of a table. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });

export type BackedUpTable = z.output<typeof tableSchema>;

/** The line after them. */
export const tableEndSchema = z.object({ rows: z.int().nonnegative() });

/** A sequence and its last value; null if it has not been used. */
const sequenceSchema = z.object({ name: z.string(), last: z.string().nullable() });

export type Sequence = z.output<typeof sequenceSchema>;

/** The last line. */
export const endSchema = z.object({
  end: z.literal(true),
  tables: z.int().nonnegative(),
  rows: z.int().nonnegative(),
  sequences: z.array(sequenceSchema),
});

export type End = z.output<typeof endSchema>;

/** The line after the last row of a table. No row can be like this: COPY writes a backslash as two. */
export const endOfRows = String.raw`\.`;
