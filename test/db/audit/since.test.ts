// An audit that goes on from an earlier one: it proves what is new, and skips nothing that was committed late.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditBooks } from "../../../src/db/audit/audit.ts";
import { findProvedPlace, readLastRun, recordRun } from "../../../src/db/audit/runs.ts";
import type { Place } from "../../../src/db/audit/place.ts";
import { decideBatch } from "../../../src/workers/decide-batch.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { decidingOn, placeOrder } from "../../support/stock.ts";
import { countRows } from "../support/count-rows.ts";
import { growStore, grown } from "../support/grown-store.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { createBooks, type TestBooks } from "./support/books.ts";

let database: TestDatabase;
let books: TestBooks;

beforeAll(async () => {
  database = await createTestDatabase();
  books = await createBooks(database.url);
});
afterAll(async () => {
  await books?.close();
  await database?.drop();
});

/** Audits on a connection of the pool. */
async function auditFrom(from: Place | undefined, settleMs = 5_000) {
  const client = await books.pool.connect();
  try {
    const { findings, place } = await auditBooks(client, { from, settleMs });
    return { place, violated: findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : [])) };
  } finally {
    client.release();
  }
}

/** The place after all that is committed now. */
async function placeNow(): Promise<Place> {
  const { place } = await auditFrom(undefined);
  if (place === null) throw new Error("Expected no transaction to be open.");
  return place;
}

const sell = async (reference: string) =>
  decideBatch(decidingOn(books.pool), [await placeOrder(books.pool, [["MUG", 1]], reference)]);

const spoilLines = (reference: string) =>
  `update order_line set allocated = allocated - 1
   where order_id = (select id from "order" where reference = '${reference}')`;

describe("an audit from a place", () => {
  it("finds what is wrong with an order that was decided since, and not with one before", async () => {
    await sell("EARLIER");
    const place = await placeNow();
    await sell("LATER");
    const found = async (reference: string) =>
      books.rolledBack(async (client) => {
        await client.query(spoilLines(reference));
        const { findings } = await auditBooks(client, { from: place, settleMs: 0 });
        return findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : []));
      });
    expect(await found("LATER")).toContain("sales-are-lines");
    expect(await found("EARLIER")).toEqual([]);
  });

  it("finds a movement that does not follow, also the first one after the place", async () => {
    const place = await placeNow();
    const found = await books.rolledBack(async (client) => {
      await client.query(`insert into movement (level_id, kind, change, units_after)
        select id, 'adjustment', 1, units from stock_level where sku = 'MUG'`);
      const { findings } = await auditBooks(client, { from: place, settleMs: 0 });
      return findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : []));
    });
    expect(found).toContain("ledger-chain");
  });

  it("finds a movement of an old order that has no event", async () => {
    const place = await placeNow();
    const found = await books.rolledBack(async (client) => {
      await client.query(`insert into movement (level_id, kind, change, units_after, order_id)
        select l.id, 'restock', 1, l.units + 1, o.id from stock_level l, "order" o
        where l.sku = 'MUG' and o.reference = 'SOLD'`);
      const { findings } = await auditBooks(client, { from: place, settleMs: 0 });
      return findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : []));
    });
    expect(found).toContain("restocks-are-lines");
  });

  it("gets no place while a transaction is open that began before it, and one afterwards", async () => {
    const late = await books.pool.connect();
    try {
      await late.query("begin");
      // It has its number and the ids of a movement and an event, and does not commit yet.
      await late.query(`insert into movement (level_id, kind, change, units_after)
        select id, 'adjustment', 1, units + 7 from stock_level where sku = 'SHIRT'`);
      await late.query(
        `insert into event (type, order_id) select type, order_id from event where type = 'order.confirmed'
           and order_id = (select id from "order" where reference = 'SOLD')`,
      );
      const { place, violated } = await auditFrom(undefined, 0);
      expect({ place, violated }).toEqual({ place: null, violated: [] });
    } finally {
      await late.query("rollback");
      late.release();
    }
    expect((await auditFrom(undefined)).place).not.toBeNull();
  });
});

describe("the late transaction", () => {
  it("is proved by the audit after it commits, whose ids are lower than those that others committed", async () => {
    const own = await createTestDatabase();
    const its = await createBooks(own.url);
    const late = await its.pool.connect();
    const audited = await its.pool.connect();
    try {
      const before = await auditBooks(audited);
      await late.query("begin");
      await late.query(`insert into movement (level_id, kind, change, units_after)
        select id, 'adjustment', 1, units + 7 from stock_level where sku = 'SHIRT'`);
      await late.query(
        `insert into event (type, order_id) select type, order_id from event where type = 'order.confirmed'
           and order_id = (select id from "order" where reference = 'SOLD')`,
      );
      // Others commit higher ids meanwhile, and an audit sees those alone.
      await decideBatch(decidingOn(its.pool), [await placeOrder(its.pool, [["MUG", 1]])]);
      const during = await auditBooks(audited, { from: before.place ?? undefined, settleMs: 0 });
      expect(during.findings.filter(({ faults }) => faults > 0)).toEqual([]);
      await late.query("commit");
      const from = during.place ?? before.place ?? undefined;
      expect(from).toEqual(before.place);
      const after = await auditBooks(audited, { from });
      expect(after.findings.flatMap(({ key, faults }) => (faults > 0 ? [key] : []))).toEqual([
        "ledger-chain",
        "level-is-ledger",
        "one-decision",
      ]);
    } finally {
      late.release();
      audited.release();
      await its.close();
      await own.drop();
    }
  });
});

describe("a stored run", () => {
  const run = (at: number, faults: number, place: Place | null) => ({
    startedAt: new Date(at),
    endedAt: new Date(at + 500),
    since: null,
    findings: [{ key: "ledger-chain", invariant: "each movement", faults, examples: [] }],
    place,
  });
  const noon = Date.parse("2026-05-01T12:00:00Z");
  const hour = 3_600_000;

  it("is gone on from if it held, the last one or the last by an instant", async () => {
    const place = await placeNow();
    const client = await books.pool.connect();
    try {
      expect(await findProvedPlace(client, null)).toBeNull();
      expect(await readLastRun(books.pool)).toBeNull();
      await recordRun(client, run(noon, 0, { ...place, movement: "1" }));
      await recordRun(client, run(noon + hour, 0, { ...place, movement: "2" }));
      await recordRun(client, run(noon + 2 * hour, 0, null));
      await recordRun(client, run(noon + 3 * hour, 4, { ...place, movement: "4" }));
      const last = await findProvedPlace(client, null);
      expect(last).toEqual({ place: { ...place, movement: "2" }, at: new Date(noon + hour) });
      const byNoon = await findProvedPlace(client, new Date(noon + 1));
      expect(byNoon?.place.movement).toBe("1");
      expect(await findProvedPlace(client, new Date(noon - 1))).toBeNull();
      expect(await readLastRun(books.pool)).toEqual({
        endedAt: new Date(noon + 3 * hour + 500),
        seconds: 0.5,
        held: false,
        heldAt: new Date(noon + 2 * hour + 500),
        faults: { "ledger-chain": 4 },
      });
    } finally {
      client.release();
    }
  });

  it("is not gone on from in another cluster, which numbers its transactions anew", async () => {
    await books.pool.query(
      "update audit_run set place_cluster = '1' where place_cluster is not null",
    );
    const client = await books.pool.connect();
    try {
      expect(await findProvedPlace(client, null)).toBeNull();
    } finally {
      client.release();
    }
  });

  it("is deleted when a thousand newer ones are there, but not the last with a place", async () => {
    const client = await books.pool.connect();
    try {
      await client.query(`insert into audit_run (started_at, ended_at, held, faults)
        select now(), now(), false, '{}' from generate_series(1, 1100)`);
      await recordRun(client, run(noon, 1, null));
      const { rows } = await client.query<{ all: number; placed: number }>(
        `select count(*)::integer as all, count(place_cluster)::integer as placed from audit_run`,
      );
      expect(rows).toEqual([{ all: 1_001, placed: 1 }]);
    } finally {
      client.release();
    }
  });
});

describe("in a grown store", () => {
  it("an audit from a place reads few rows of orders and movements", async () => {
    const own = await createTestDatabase();
    const pool = createPool(own.url, {
      max: 1,
      synchronousCommit: "off",
      onError: () => undefined,
    });
    try {
      await growStore(pool);
      const from = await auditOn(undefined);
      expect(from).not.toBeNull();
      const rows = await countRows(pool, async () => {
        expect(await auditOn(from ?? undefined)).not.toBeNull();
      });
      // Each check of levels and alerts reads each of them once or twice; nothing reads the sales.
      expect(rows).toBeLessThan(10 * grown.products + 5 * grown.alerts);
    } finally {
      await pool.end();
      await own.drop();
    }

    async function auditOn(from: Place | undefined): Promise<Place | null> {
      const client = await pool.connect();
      try {
        return (await auditBooks(client, { from })).place;
      } finally {
        client.release();
      }
    }
  });
});
