import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPostmaster } from "../../../src/db/embedded/postmaster-file.ts";
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";
import type { EmbeddedPostgresOptions } from "../../../src/db/embedded/start-embedded-postgres.ts";
import { findReachableNative } from "./reachable-native.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

async function startHere(options: Partial<EmbeddedPostgresOptions> = {}) {
  const dataDir = options.dataDir ?? (await makeTemporaryFolder());
  const server = await startEmbeddedPostgres({ ...options, dataDir });
  onTestFinished(() => server.stop());
  return server;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

async function readValue(client: Client, sql: string): Promise<unknown> {
  const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
  return rows[0]?.[0];
}

/** A PostgreSQL that runs, with an initdb that writes something and then finds the disk full. */
async function makeNativeWithFailingInitdb(): Promise<string> {
  const native = await makeTemporaryFolder();
  const postgres = join(await findReachableNative(), "bin", "postgres");
  await mkdir(join(native, "bin"));
  await writeFile(join(native, "bin", "postgres"), `#!/bin/sh\nexec ${postgres} "$@"\n`);
  const initdb = '#!/bin/sh\ntouch "${1#--pgdata=}/PG_VERSION"\necho no space left >&2\nexit 1\n';
  await writeFile(join(native, "bin", "initdb"), initdb);
  for (const name of ["postgres", "initdb"]) await chmod(join(native, "bin", name), 0o755);
  return native;
}

describe("the first start", () => {
  it("makes a database that is the same on every machine, and safe", async () => {
    const server = await startHere();
    const client = await connect(server.url);
    const settings = await client.query(
      `SELECT current_database() AS database, datlocprovider AS provider, datlocale AS locale,
              pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(settings.rows).toEqual([
      { database: "tallyman", provider: "b", locale: "C.UTF-8", encoding: "UTF8" },
    ]);
    const shown = await client.query<{ name: string; setting: string }>(
      `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name = ANY ($1)`,
      [
        "shared_buffers max_connections min_wal_size max_wal_size fsync synchronous_commit".split(
          " ",
        ),
      ],
    );
    expect(Object.fromEntries(shown.rows.map(({ name, setting }) => [name, setting]))).toEqual({
      shared_buffers: "256MB",
      max_connections: "200",
      min_wal_size: "512MB",
      max_wal_size: "2GB",
      fsync: "on",
      synchronous_commit: "on",
    });
    expect(await readValue(client, "SHOW timezone")).toBe("UTC");
    expect(await readValue(client, "SHOW unix_socket_directories")).toBe("");
  });

  it("keeps the password where only its owner reads it, and demands it", async () => {
    const server = await startHere();
    const passwordFile = join(server.dataDir, "password");
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    expect(new URL(server.url).password).toBe(await readFile(passwordFile, "utf8"));

    const wrong = new URL(server.url);
    wrong.password = "wrong";
    await expect(connect(wrong.href)).rejects.toThrow("password authentication failed");
  });

  it("listens on 127.0.0.1 and on no other address of the machine", async () => {
    const server = await startHere();
    await connect(server.url);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    for (const { address } of others) {
      const url = new URL(server.url);
      url.hostname = address;
      await expect(connect(url.href)).rejects.toThrow("ECONNREFUSED");
    }
    const client = await connect(server.url);
    expect(await readValue(client, "SHOW listen_addresses")).toBe("127.0.0.1");
  });

  it("takes the caller's settings, except for where it listens", async () => {
    const server = await startHere({ settings: { fsync: "off", work_mem: "9MB", port: 1 } });
    const client = await connect(server.url);
    expect(await readValue(client, "SHOW fsync")).toBe("off");
    expect(await readValue(client, "SHOW work_mem")).toBe("9MB");
    expect(await readValue(client, "SHOW port")).toBe(`${server.port}`);
  });

  it("leaves nothing half-made behind when initdb fails, and succeeds at the next attempt", async () => {
    const dataDir = await makeTemporaryFolder();
    const native = await makeNativeWithFailingInitdb();
    await expect(startHere({ dataDir, native })).rejects.toThrow(/initdb said:\nno space left/);
    expect(await readdir(dataDir)).not.toContainEqual(expect.stringContaining("initialising"));
    await connect((await startHere({ dataDir })).url);
  });
});

describe("a later start", () => {
  it("finds the data as it was left", async () => {
    const first = await startHere();
    const before = await connect(first.url);
    await before.query("CREATE TABLE kept (units integer)");
    await before.query("INSERT INTO kept VALUES (7)");
    await first.stop();

    const second = await startHere({ dataDir: first.dataDir });
    const after = await connect(second.url);
    expect(await readValue(after, "SELECT units FROM kept")).toBe(7);
    expect(await readValue(after, "SELECT pg_is_in_recovery()")).toBe(false);
  });

  it("says what is wrong and shows the end of the log when PostgreSQL refuses to start", async () => {
    const settings = { shared_buffers: "plenty" };
    const dataDir = await makeTemporaryFolder();
    await expect(startHere({ dataDir, settings })).rejects.toThrow(
      /did not start on .*correct what it names[^]*invalid value for parameter "shared_buffers"/,
    );
    expect((await startHere({ dataDir })).owned).toBe(true);
  });

  it("says what to do when the password is gone", async () => {
    const first = await startHere();
    await first.stop();
    await rm(join(first.dataDir, "password"));
    await expect(startHere({ dataDir: first.dataDir })).rejects.toThrow(
      /cannot be read from .*password\. Restore that file/,
    );
  });
});

describe("stopping", () => {
  it("ends the server although clients are connected, and may be asked for twice", async () => {
    const server = await startHere();
    const client = await connect(server.url);
    await client.query("BEGIN");
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    await expect(connect(server.url)).rejects.toThrow("ECONNREFUSED");
    expect(await isPostmaster(server.pid, server.clusterDir)).toBe(false);
  });
});

describe("a second start within one process", () => {
  it("shares the server and does not stop it", async () => {
    const owner = await startHere();
    const sharer = await startHere({ dataDir: owner.dataDir });
    expect(sharer).toMatchObject({ pid: owner.pid, url: owner.url, owned: false });
    await sharer.stop();
    await connect(owner.url);
  });

  it("gives up with what to do when the owner's server is gone", async () => {
    const owner = await startHere();
    process.kill(owner.pid, "SIGKILL");
    const { dataDir } = owner;
    await expect(startEmbeddedPostgres({ dataDir, startTimeoutMs: 300 })).rejects.toThrow(
      /Another process owns the PostgreSQL in .*End that process and start again/,
    );
  });
});
