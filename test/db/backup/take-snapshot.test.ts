// The moment of a backup: its place in the feed and its data belong together, also if a transaction with a lower place is
// slower than one with a higher place.

import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { beginSnapshot } from "../../../src/db/backup/take-snapshot.ts";
import { createTestDatabase } from "../../support/database.ts";
import { readRows } from "../../support/read-rows.ts";

async function connect(url: string): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

const soon = { cleanersMs: 100, writersMs: 100, readersMs: 100, pauseMs: 0, attempts: 2 };

const insert = "insert into event (type) values ('test') returning id::text as id";

test("it waits for the end of a slow writer, and has everything up to its place", async () => {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  const [slow, reader] = [await connect(url), await connect(url)];
  await slow.query("begin");
  const { rows: first } = await slow.query<{ id: string }>(insert);
  const second = await readRows<{ id: string }>(url, insert);

  const taken = beginSnapshot(reader, url);
  const waiting = "select from pg_locks where not granted and relation = 'event'::regclass";
  await vi.waitFor(async () => expect(await readRows(url, waiting)).toHaveLength(1), 10_000);
  await slow.query("commit");
  const { place } = await taken;
  await readRows(url, insert);

  const { rows } = await reader.query<{ id: string }>(
    "select id::text as id from event order by 1",
  );
  expect(rows).toEqual([...first, ...second]);
  expect(place).toBe(second[0]?.id);
});

test("it waits for a VACUUM without holding up those who write", async () => {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  const [cleaner, reader] = [await connect(url), await connect(url)];
  await cleaner.query("begin; lock table event in share update exclusive mode");

  const taken = beginSnapshot(reader, url);
  const waiting = "select mode from pg_locks where not granted and relation = 'event'::regclass";
  const cleaning = [{ mode: "ShareUpdateExclusiveLock" }];
  await vi.waitFor(async () => expect(await readRows(url, waiting)).toEqual(cleaning), 10_000);
  const [written] = await readRows<{ id: string }>(url, insert);
  expect(await readRows(url, waiting)).toEqual(cleaning);
  await cleaner.query("commit");
  expect((await taken).place).toBe(written?.id);
});

test.each([
  ["cleans", "lock table event in share update exclusive mode"],
  ["writes", insert],
])("it names who %s a table for too long", async (_does, statement) => {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  const [other, reader] = [await connect(url), await connect(url)];
  await other.query("begin");
  await other.query(statement);
  const [{ pid } = { pid: 0 }] = (
    await other.query<{ pid: number }>("select pg_backend_pid() as pid")
  ).rows;

  await expect(beginSnapshot(reader, url, soon)).rejects.toThrow(
    `process ${pid} holds the table event`,
  );
});
