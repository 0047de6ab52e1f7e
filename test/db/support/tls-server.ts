// A PostgreSQL that takes encrypted connections alone, as most rented ones do.

import { chmodSync, chownSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { startEmbeddedPostgres } from "../../../src/db/embedded/start-embedded-postgres.ts";

/** The server's certificate, made for this test: it is for `localhost`, and vouches for itself. */
export const certificate = fileURLToPath(new URL("tls/server.crt", import.meta.url));
const key = fileURLToPath(new URL("tls/server.key", import.meta.url));

/** A running server. */
export type TlsServer = {
  /** The address of its database `tallyman`, with nothing in it that asks for encryption. */
  readonly url: string;
  stop(): Promise<void>;
};

/** Starts a server and has it refuse whoever does not encrypt. */
export async function startTlsServer(): Promise<TlsServer> {
  const dataDir = join(tmpdir(), `tallyman-tls-${randomBytes(6).toString("hex")}`);
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: "off" } });
  const inCluster = (name: string) => join(server.clusterDir, name);
  const { uid, gid } = statSync(server.clusterDir);
  for (const [name, source] of [
    ["server.crt", certificate],
    ["server.key", key],
  ] as const) {
    writeFileSync(inCluster(name), readFileSync(source));
    chmodSync(inCluster(name), 0o600);
    chownSync(inCluster(name), uid, gid);
  }
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query("alter system set ssl = on");
  writeFileSync(inCluster("pg_hba.conf"), "hostssl all all all scram-sha-256\n");
  await client.query("select pg_reload_conf()");
  await client.end();
  const url = new URL(server.url);
  url.hostname = "localhost";
  return {
    url: url.href,
    async stop() {
      await server.stop();
      const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
      rmSync(server.clusterDir, options);
      rmSync(dataDir, options);
    },
  };
}
