// The network to PostgreSQL, broken while orders come in: silent, refused, slow, and gone in the middle of a COMMIT or
// an INSERT; and sessions of others that lock what orders need.

import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { labQueues } from "../support/lab.ts";
import { type LabInUse, openLabInUse } from "../support/lab-in-use.ts";

/** A 409 tells one who waited that the units do not suffice. */
const statuses = [200, 201, 202, 409, 503];

describe.each(labQueues)("the way to PostgreSQL under faults, with the queue on %s", (queue) => {
  let use: LabInUse;

  beforeEach(async () => {
    use = await openLabInUse(queue);
  });
  afterEach(() => use.lab.close());

  it("a network that falls silent, refuses or is slow: 503, and then full service", async () => {
    const { lab, api, answered, ready, recovered } = use;
    const each = (fault: "silenceOld" | "silenceAll" | "refuse") => {
      for (const { database } of lab.programs()) database[fault]();
    };
    each("silenceOld");
    await ready(api, 503);
    await recovered("old connections silent");

    each("silenceAll");
    await answered(503, 60);
    await ready(api, 503);
    lab.heal();
    await recovered("nothing is carried");

    each("refuse");
    await answered(503, 20);
    await ready(api, 503);
    lab.heal();
    await recovered("connections are refused");

    for (const { database } of lab.programs()) database.delay(20);
    await use.accepted(60);
    lab.heal();
    await recovered("20 ms late");
    expect((await use.proveAll(statuses)).confirmed).toBeGreaterThan(0);
  });

  it("a COMMIT, an INSERT or its answer lost, a deadlock, rows locked by others: each effect once", async () => {
    const { lab, api, worker, accepted, recovered } = use;
    for (let round = 0; round < 3; round += 1) {
      await worker.database.loseMessage("commit");
      await worker.database.loseAnswer("commit");
      await accepted(5);
    }
    await recovered("COMMIT or its answer lost");
    for (let round = 0; round < 3; round += 1) {
      await api.database.loseMessage("insert-orders");
      await api.database.loseAnswer("insert-orders");
      await accepted(5);
    }
    await recovered("INSERT or its answer lost");

    const other = new Client({ connectionString: lab.postgres.url() });
    await other.connect();
    const lock = (order: "asc" | "desc") =>
      other.query(`select from stock_level where id in (select id from stock_level order by id ${order} limit 10)
        order by id ${order} for update`);
    let deadlocks = 0;
    const isAwaited = async () => {
      const { rowCount } = await other.query("select from pg_locks where not granted");
      return rowCount !== 0;
    };
    for (let round = 0; round < 5; round += 1) {
      await other.query("begin");
      await lock("desc");
      await expect.poll(isAwaited, { interval: 20 }).toBe(true);
      await lock("asc").catch(() => undefined);
      await other.query("rollback");
      await accepted(5);
    }
    const [counts] = await lab.postgres.sql<{ deadlocks: number }>(
      "select deadlocks::integer from pg_stat_database where datname = current_database()",
    );
    deadlocks += counts?.deadlocks ?? 0;
    expect(deadlocks).toBeGreaterThan(0);
    await recovered("deadlocks");

    await other.query("begin");
    await other.query("select from stock_level for update");
    const isLongWaited = async () => {
      const { rowCount } = await other.query(
        `select from "order" where status = 'pending' and accepted_at < clock_timestamp() - interval '12 s'`,
      );
      return rowCount !== 0;
    };
    await expect.poll(isLongWaited).toBe(true);
    await other.end();
    await recovered("rows locked by a forgotten session");
    expect((await use.proveAll(statuses)).confirmed).toBeGreaterThan(0);
  });
});
