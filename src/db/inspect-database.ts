// Looks at a database server for `tallyman doctor`.

import type { Client } from "pg";
import { takesWrites } from "./sql/takes-writes.ts";

/** What was found. */
export type DatabaseFacts = {
  readonly version: string;
  readonly versionNumber: number;
  readonly login: string;
  readonly isReadOnly: boolean;
  readonly connectionsMax: number;
  readonly connectionsUsed: number;
  /** Milliseconds since 1970 by the server's clock, and by this machine's at the same moment. */
  readonly clockMs: number;
  readonly hereMs: number;
};

/** Asks the server what it is. */
export async function inspectDatabase(client: Client): Promise<DatabaseFacts> {
  const beganMs = Date.now();
  const { rows } = await client.query<Omit<DatabaseFacts, "hereMs">>(
    `select current_setting('server_version') as version,
        current_setting('server_version_num')::integer as "versionNumber",
        current_user as login,
        not ${takesWrites} as "isReadOnly",
        current_setting('max_connections')::integer as "connectionsMax",
        (select count(*)::integer from pg_stat_activity where datname is not null) as "connectionsUsed",
        1000 * extract(epoch from clock_timestamp())::double precision as "clockMs"`,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error("Expected PostgreSQL to say what it is; got no row.");
  return { ...facts, hereMs: (beganMs + Date.now()) / 2 };
}

/** A right that the login lacks, and on what. */
export type MissingRight = { readonly right: string; readonly on: string };

/**
 * The rights that a process needs and the login lacks, in the schema of the tables and in others that it uses.
 * Migrations are only read.
 */
export async function missingRights(
  client: Client,
  otherSchemas: readonly string[],
): Promise<MissingRight[]> {
  const { rows } = await client.query<MissingRight>(
    `with used as (
      select oid, nspname from pg_namespace where nspname = current_schema() or nspname = any($1)
    ), lacking as (
      select 'USAGE' as "right", format('schema %I', nspname) as "on", 1 as place from used
        where not has_schema_privilege(oid, 'USAGE')
      union all
      select wanted, format('%I.%I', nspname, relname), 2 from used
        join pg_class c on c.relnamespace = used.oid and c.relkind in ('r', 'p')
        cross join unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) wanted
        where (relname <> 'migration' or wanted = 'SELECT') and not has_table_privilege(c.oid, wanted)
      union all
      select 'USAGE', format('sequence %I.%I', nspname, relname), 3 from used
        join pg_class c on c.relnamespace = used.oid and relname not like 'migration%'
        -- Other conditions may run in any order, and the function fails for what is no sequence.
        where case when c.relkind = 'S' then not has_sequence_privilege(c.oid, 'USAGE') else false end
    ) select "right", "on" from lacking order by place, "on", "right"`,
    [otherSchemas],
  );
  return rows;
}
