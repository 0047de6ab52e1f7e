// The entities describe the schema that the migrations made: comparing the two finds no difference.

import { expect, test } from "vitest";
import { useOrm } from "./support/use-orm.ts";

const orm = useOrm();

test("the entities and the migrated database do not differ", async () => {
  // The queues' tables are BullMQ's; no entity describes them.
  await orm().em.fork().execute("drop schema bullmq cascade");
  expect(await orm().schema.getUpdateSchemaSQL()).toBe("");
});

test("every table but the migrator's own has its entity", async () => {
  const rows = await orm()
    .em.fork()
    .execute<{ name: string }[]>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
  const tables = [...orm().getMetadata().getAll().values()].map(({ tableName }) => tableName);
  expect([...tables, "migration"].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});
