// What the database's own catalogue says about the tables of a store. A backup and a restore both follow it, so a new
// column is in the next backup without a change here; and a new table too, since each has an entity. Tables of other
// programs may be in the same schema: they are never read or written.

import { EntitySchema } from "@mikro-orm/core";
import type { ClientBase } from "pg";
import { allEntities } from "../entities/all-entities.ts";
import { migrationNames } from "../orm.ts";
import type { BackedUpTable, Sequence } from "./backup-format.ts";

/** The list of applied migrations. A restore applies them, so their rows are no data. */
export const migrationTable = "migration";

/** The names of the tables that the migrations of this version make. */
const ownTables: ReadonlySet<string | undefined> = new Set(
  allEntities.map((entity) => EntitySchema.REGISTRY.get(entity)?.meta.tableName),
);

/** The tables of a schema: Tallyman's, and the names of those of other programs. */
export type Tables = { readonly own: readonly BackedUpTable[]; readonly others: readonly string[] };

/**
 * The tables of the schema, by name, with the columns that can be written. Partitions are read through their table. If a
 * later version has migrated the database, nothing tells its tables from others, so all are Tallyman's.
 */
export async function readTables(client: ClientBase): Promise<Tables> {
  const all = await readAllTables(client);
  const isLater = (await readMigrations(client)).some((name) => !migrationNames.includes(name));
  const isOwn = ({ table }: BackedUpTable): boolean => isLater || ownTables.has(table);
  return {
    own: all.filter(isOwn),
    others: all.filter((table) => !isOwn(table)).map(({ table }) => table),
  };
}

async function readAllTables(client: ClientBase): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(
    `select c.relname as "table", array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> $1 and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.relname order by c.relname`,
    [migrationTable],
  );
  return rows;
}

/** The sequences of tables, and how far each has been used. */
export async function readSequences(
  client: ClientBase,
  tables: readonly BackedUpTable[],
): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select s.relname as name, pg_sequence_last_value(s.oid)::text as last
     from pg_class s join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass
       and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
     join pg_class t on t.oid = d.refobjid
     where s.relnamespace = current_schema()::regnamespace and s.relkind = 'S' and t.relname = any($1)
     order by s.relname`,
    [tables.map(({ table }) => table)],
  );
  return rows;
}

/** The names of the applied migrations, in their order; none if the database has no tables of Tallyman. */
export async function readMigrations(client: ClientBase): Promise<string[]> {
  const { rows: known } = await client.query<{ exists: boolean }>(
    "select to_regclass($1) is not null as exists",
    [migrationTable],
  );
  if (known[0]?.exists !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    `select name from ${migrationTable} order by id`,
  );
  return rows.map(({ name }) => name);
}

/** A foreign key: its table and name, and what creates it again. */
export type ForeignKey = {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
};

/** The foreign keys of tables, and those that refer to them. Those of partitions belong to the keys of their tables. */
export async function readForeignKeys(
  client: ClientBase,
  tables: readonly BackedUpTable[],
): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select c.relname as "table", k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
     where k.contype = 'f' and k.conparentid = 0 and c.relnamespace = current_schema()::regnamespace
       and (c.relname = any($1) or f.relnamespace = c.relnamespace and f.relname = any($1))
     order by c.relname, k.conname`,
    [tables.map(({ table }) => table)],
  );
  return rows;
}
