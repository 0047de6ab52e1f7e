// A backup and its restore, by the functions themselves: what else is in the schema, how it was migrated, what is set for the
// database, and an end in the middle.

import { Buffer } from "node:buffer";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { endSchema } from "../../../src/db/backup/backup-format.ts";
import { restoreBackup } from "../../../src/db/backup/restore-backup.ts";
import { writeBackup } from "../../../src/db/backup/write-backup.ts";
import { readTables } from "../../../src/db/backup/read-catalogue.ts";
import { whileMigrating } from "../../../src/db/migrate.ts";
import { migrationNames } from "../../../src/db/orm.ts";
import { sqlStateOf } from "../../../src/db/sql/retry-transaction.ts";
import { createTestDatabase } from "../../support/database.ts";
import { readRows } from "../../support/read-rows.ts";

/** A migrated database without data. */
async function database(): Promise<string> {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  return url;
}

async function emptyDatabase(): Promise<string> {
  const url = await database();
  await readRows(url, "drop schema public cascade; create schema public");
  return url;
}

const addEvent = "insert into event (type) values ('test')";
const readEvents = "select id, type, at from event order by id";

type Made = { readonly text: string; readonly leftOut: readonly string[] };

async function backUp(url: string): Promise<Made> {
  const others: string[] = [];
  const parts: Buffer[] = [];
  const onHead = (_head: object, leftOut: readonly string[]): void => void others.push(...leftOut);
  for await (const part of writeBackup(url, { version: "1", onHead, onRows: () => undefined })) {
    parts.push(part);
  }
  return { text: Buffer.concat(parts).toString(), leftOut: others };
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const restore = (url: string, text: string) => restoreBackup(url, bytesOf(text), () => undefined);

test("a backup is restored if its migrations have a gap, or were applied in another order", async () => {
  const source = await emptyDatabase();
  const late = ["0031-password-requests"];
  const missing = ["0033-retention"];
  const first = migrationNames.filter((name) => ![...late, ...missing].includes(name));
  await whileMigrating(source, async (apply) => {
    await apply(first);
    await apply(late);
  });
  await readRows(source, addEvent);
  const { text } = await backUp(source);
  const head = text.slice(0, text.indexOf("\n"));
  expect(JSON.parse(head)).toMatchObject({ migrations: [...first, ...late] });

  const target = await emptyDatabase();
  await restore(target, text);
  expect(await readRows(target, readEvents)).toEqual(await readRows(source, readEvents));
  expect(await readRows(target, "select name from migration order by name")).toEqual(
    migrationNames.map((name) => ({ name })),
  );
});

test("tables of other programs in the schema are neither backed up nor touched, and are named", async () => {
  const [source, target] = [await database(), await emptyDatabase()];
  for (const [url, value] of [
    [source, "theirs"],
    [target, "mine"],
  ] as const) {
    await readRows(
      url,
      `create table wp_options (id serial, value text); insert into wp_options (value) values ('${value}')`,
    );
  }
  const { text, leftOut } = await backUp(source);
  expect(leftOut).toEqual(["wp_options"]);
  expect(text).not.toContain("wp_options");

  // Older versions wrote all tables and sequences of the schema.
  const lines = text.trimEnd().split("\n");
  const end = endSchema.parse(JSON.parse(lines.pop() ?? ""));
  const older = [
    ...lines,
    JSON.stringify({ table: "wp_options", columns: ["id", "value"] }),
    "7\ttheirs",
    "\\.",
    JSON.stringify({ rows: 1 }),
    JSON.stringify({
      ...end,
      tables: end.tables + 1,
      rows: end.rows + 1,
      sequences: [
        ...end.sequences,
        { name: "wp_options_id_seq", last: "7" },
        { name: "gone_id_seq", last: "7" },
      ],
    }),
    "",
  ].join("\n");
  expect(await restore(target, older)).toMatchObject({ leftOut: ["wp_options"] });
  expect(
    await readRows(target, "insert into wp_options (value) values ('next') returning id"),
  ).toEqual([{ id: 2 }]);
  expect(await readRows(target, "select value from wp_options where id = 1")).toEqual([
    { value: "mine" },
  ]);
});

test("what a later migration writes comes after the places that an older backup leaves out", async () => {
  const source = await emptyDatabase();
  const older = migrationNames.slice(0, migrationNames.indexOf("0033-retention") + 1);
  await whileMigrating(source, (apply) => apply(older));
  await readRows(source, addEvent);
  const { text } = await backUp(source);

  // Stands for a migration that writes events: the tables of products are changed after the list of gone places was added.
  const target = await emptyDatabase();
  await readRows(
    target,
    `create function later() returns event_trigger language plpgsql as $$
      begin
        if exists (select from information_schema.columns where column_name = 'gone_places')
          and exists (select from pg_event_trigger_ddl_commands() where object_identity = 'public.product')
        then insert into event (type) values ('later'); end if;
      end $$;
      create event trigger later on ddl_command_end when tag in ('ALTER TABLE') execute function later()`,
  );
  await restore(target, text);
  expect(
    await readRows(
      target,
      `select type, gone_places @> event.id as gone from event cross join feed where type = 'later'`,
    ),
  ).toEqual([{ type: "later", gone: false }]);
});

test("the places are left out also if the connection ends while the tables are analyzed", async () => {
  const [source, target] = [await database(), await database()];
  await readRows(source, addEvent);
  const { text } = await backUp(source);
  await readRows(target, "create table other ()");
  const holder = new Client(target);
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query("begin; lock table other in share update exclusive mode");

  const restoring = restore(target, text);
  const analyzing = `from pg_stat_activity where query = 'analyze' and datname = current_database()
    and wait_event_type = 'Lock'`;
  await vi.waitFor(async () => {
    expect(await readRows(target, `select ${analyzing}`)).toHaveLength(1);
  }, 20_000);
  const gone = "select isempty(gone_places) as none from feed";
  expect(await readRows(target, gone)).toEqual([{ none: false }]);
  await readRows(target, `select pg_terminate_backend(pid) ${analyzing}`);
  expect(await restoring).toMatchObject({ analyzed: false });
  expect(await readRows(target, readEvents)).toEqual(await readRows(source, readEvents));
});

/** Looks which of Tallyman's tables a session of its own can lock at once in a mode, and which it can't. */
async function lockAtOnce(url: string, mode: string): Promise<{ can: string[]; cannot: string[] }> {
  const client = new Client(url);
  await client.connect();
  const found: { can: string[]; cannot: string[] } = { can: [], cannot: [] };
  try {
    for (const { table } of (await readTables(client)).own) {
      const lock = `begin; lock table ${client.escapeIdentifier(table)} in ${mode} mode nowait`;
      const isFree = await client.query(lock).then(
        () => true,
        (error: unknown) => {
          if (sqlStateOf(error) === "55P03") return false;
          throw error;
        },
      );
      (isFree ? found.can : found.cannot).push(table);
      await client.query("rollback");
    }
    return found;
  } finally {
    await client.end();
  }
}

test("from its moment to its end, a backup lets nobody change a table, and everybody its rows", async () => {
  const source = await database();
  await readRows(source, addEvent);
  const written = writeBackup(source, { version: "1", onHead() {}, onRows() {} });
  const parts = [(await written.next()).value];
  const changed = readRows(source, "alter table event alter column type type varchar");
  const waiting = "select from pg_locks where not granted and relation = 'event'::regclass";
  await vi.waitFor(async () => expect(await readRows(source, waiting)).toHaveLength(1), 10_000);
  const order = await lockAtOnce(source, "access exclusive");
  expect(order.can).toEqual([]);
  expect(order.cannot.length).toBeGreaterThan(30);
  // The change of `event` waits before others who want that table, as PostgreSQL has it.
  expect((await lockAtOnce(source, "row exclusive")).cannot).toEqual(["event"]);
  for await (const part of written) {
    parts.push(part);
    if (!String(part).startsWith('{"end":true')) continue;
    expect((await lockAtOnce(source, "access exclusive")).can).toEqual([]);
    expect(await readRows(source, waiting)).toHaveLength(1);
  }
  await changed;
  expect((await lockAtOnce(source, "access exclusive")).cannot).toEqual([]);
  expect(parts.join("")).toContain("\ttest\t");
});

test("while a restore loads, nobody reads or writes a table", async () => {
  const [source, target] = [await database(), await database()];
  await readRows(source, addEvent);
  const { text } = await backUp(source);
  const end = text.lastIndexOf("{", text.lastIndexOf('"end":true'));
  async function* pausing(): AsyncGenerator<Buffer> {
    yield Buffer.from(text.slice(0, end));
    await vi.waitFor(
      async () => expect((await lockAtOnce(target, "access share")).can).toEqual([]),
      20_000,
    );
    yield Buffer.from(text.slice(end));
  }
  await restoreBackup(target, pausing(), () => undefined);
  expect((await lockAtOnce(target, "access exclusive")).cannot).toEqual([]);
  expect(await readRows(target, readEvents)).toEqual(await readRows(source, readEvents));
});

test("limits and forms of dates that are set for a database do not change a backup", async () => {
  const [source, target] = [await database(), await database()];
  await readRows(source, "insert into event (type) select 'test' from generate_series(1, 200000)");
  for (const url of [source, target]) {
    const name = new URL(url).pathname.slice(1);
    for (const setting of ["statement_timeout = '200ms'", "datestyle = 'SQL, DMY'"]) {
      await readRows(url, `alter database ${name} set ${setting}`);
    }
  }
  const { text } = await backUp(source);
  expect(text).toMatch(/\ttest\t.*\d{4}-\d\d-\d\d /);
  await restore(target, text);
  const digest =
    "set statement_timeout = 0; create view digest as select count(*), sum(hashtext(at::text)) from event";
  const digests: object[][] = [];
  for (const url of [source, target]) {
    await readRows(url, digest);
    const name = new URL(url).pathname.slice(1);
    await readRows(url, `alter database ${name} reset all`);
    digests.push(await readRows(url, "select * from digest"));
  }
  expect(digests[1]).toEqual(digests[0]);
}, 60_000);
