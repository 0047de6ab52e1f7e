// How long rows are kept, and what is no longer there.

import type { Pool } from "pg";
import type { Sql } from "../sql/sql.ts";

/** For how many days rows of each kind are kept; for ever if undefined. */
export type KeptDays = {
  readonly events?: number | undefined;
  readonly mails?: number | undefined;
  readonly requests: number;
};

/** Reads the oldest place of the feed: everything after it is kept. */
export async function readOldestPlace(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ place: string }>({
    name: "feed-oldest-place",
    text: "select events_after::text as place from retention",
  });
  return required(rows[0]);
}

/** Reads the oldest place and keeps it where it is until the transaction ends. */
export async function holdOldestPlace(sql: Sql): Promise<string> {
  const [row] = await sql<{ place: string }>(
    "select events_after::text as place from retention for share",
  );
  return required(row);
}

function required(row: { readonly place: string } | undefined): string {
  if (row === undefined) throw new Error("Expected one row of retention; got none.");
  return row.place;
}

/** How far the time of a row may be from that of its event or mail: both are written by one transaction. */
const margin = "interval '1 minute'";

/** A condition: the event of a decision at this time may have been removed. */
export const mayLackDecision = (decidedAt: string) =>
  `coalesce(${decidedAt} <= (select events_gone_until + ${margin} from retention), false)`;

/** A condition: the mail of news that were told at this time may have been removed. */
export const mayLackMail = (toldAt: string) =>
  `coalesce(${toldAt} <= (select mails_gone_until + ${margin} from retention), false)`;
