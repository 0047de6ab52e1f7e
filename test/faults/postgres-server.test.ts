// PostgreSQL itself, broken while orders come in: stopped at once, its sessions ended, no session left, no room on its
// disk. Orders are refused with 503 as long as they can't be stored, and all that were accepted are decided.

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LabPostgres } from "../../tools/lab/stores.ts";
import { labQueues } from "../support/lab.ts";
import { type LabInUse, openLabInUse } from "../support/lab-in-use.ts";

/** A 409 tells one who waited that the units do not suffice. */
const statuses = [200, 201, 202, 409, 503];

const ofTallyman = `from pg_stat_activity where application_name like 'tallyman%'`;

/** The name of the sessions that take the places of Tallyman's. */
const ofThisTest = "takes-all-sessions";

describe.each(labQueues)("PostgreSQL under faults, with the queue on %s", (queue) => {
  let use: LabInUse;

  beforeEach(async () => {
    use = await openLabInUse(queue);
  });
  afterEach(() => use.lab.close());

  it("stopped at once, its sessions ended or used up by others: 503, and then full service", async () => {
    const { lab, api, worker, answered, ready, recovered } = use;
    const { postgres } = lab;
    await postgres.stopAtOnce();
    await answered(503, 20);
    await ready(api, 503);
    await ready(worker, 503);
    await postgres.startAgain();
    lab.heal();
    await recovered("a stop at once");

    // Ten rounds end more sessions than all pools of a process hold.
    for (let round = 0; round < 10; round += 1) {
      await postgres.sql(`select pg_terminate_backend(pid) ${ofTallyman}`);
      await use.accepted(10);
    }
    await recovered("sessions ended ten times");

    const taken = await takeAllSessions(postgres);
    await answered(503, 20);
    await Promise.all(taken.map((client) => client.end()));
    await recovered("no session left");
    await ready(api, 200);
    expect(lab.programs()).toHaveLength(2);
    expect((await use.proveAll(statuses)).confirmed).toBeGreaterThan(0);
  });

  it("a full disk: 503, never 202 or 500, and then full service", async ({ skip }) => {
    const [data] = await use.lab.postgres.sql<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    const disk = openSmallDisk(statSync(data?.folder ?? "").uid);
    skip(disk === null, "a small file system can't be mounted here: it takes root's rights");
    if (disk === null) return;
    try {
      const { postgres } = use.lab;
      await postgres.sql(`create tablespace small location '${disk.folder}'`);
      await postgres.sql(`alter table "order" set tablespace small`);
      disk.fill();
      // Rows still fit into the pages that are there.
      await use.answered(503, 20);
      disk.empty();
      await use.recovered("a full disk");
      expect((await use.proveAll(statuses)).confirmed).toBeGreaterThan(0);
      await postgres.sql(`alter table "order" set tablespace pg_default`);
      await postgres.sql("drop tablespace small");
    } finally {
      disk.remove();
    }
  });
});

/** Opens sessions until PostgreSQL takes no more, also in the place of Tallyman's. */
async function takeAllSessions(postgres: LabPostgres): Promise<readonly Client[]> {
  const taken: Client[] = [];
  const take = async (): Promise<boolean> => {
    const client = new Client({ connectionString: postgres.url(), application_name: ofThisTest });
    client.on("error", () => undefined);
    try {
      await client.connect();
      taken.push(client);
      return true;
    } catch {
      return false;
    }
  };
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    while (await take());
    // A session of Tallyman's that only begins holds a place, and has no name yet: all places must be this test's.
    const others = await taken[0]?.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where backend_type = 'client backend' and application_name <> $1`,
      [ofThisTest],
    );
    const places = await taken[0]?.query<{ full: boolean }>(
      `select count(*) >= current_setting('max_connections')::integer as full
       from pg_stat_activity where application_name = $1`,
      [ofThisTest],
    );
    if (others?.rowCount === 0 && places?.rows[0]?.full === true) return taken;
  }
  throw new Error(
    "Expected that all sessions can be taken within 30 seconds; Tallyman got some each time.",
  );
}

/** Mounts a file system of 24 MB, with a folder of PostgreSQL's user; null if that is not allowed here. */
function openSmallDisk(owner: number) {
  const mount = mkdtempSync(join(tmpdir(), "tallyman-disk-"));
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { stdio: "ignore" });
  try {
    run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount);
  } catch {
    rmSync(mount, { recursive: true });
    return null;
  }
  chmodSync(mount, 0o755);
  const folder = join(mount, "tablespace");
  mkdirSync(folder);
  chownSync(folder, owner, owner);
  const filling = join(mount, "filling");
  return {
    folder,
    fill() {
      try {
        writeFileSync(filling, Buffer.alloc(24 * 1024 * 1024));
      } catch {
        // It is full.
      }
    },
    empty: () => rmSync(filling),
    remove() {
      run("umount", "--lazy", mount);
      rmSync(mount, { recursive: true });
    },
  };
}
