// A PgBouncer in front of a laboratory's PostgreSQL.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";

/** A running PgBouncer. */
export type PgBouncer = { readonly url: string; stop(): Promise<void> };

/** Whether it is installed. */
export function hasPgBouncer(): boolean {
  try {
    execFileSync("pgbouncer", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Starts it. `settings` are its own, by name. Rejects if it does not listen within 10 seconds. */
export async function startPgBouncer(
  databaseUrl: string,
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<PgBouncer> {
  const { hostname, port: target, username, password, pathname } = new URL(databaseUrl);
  const port = await findFreePort();
  const dir = join(folder, `pgbouncer-${port}`);
  mkdirSync(dir);
  const file = join(dir, "pgbouncer.ini");
  const database = pathname.slice(1);
  const login = `user=${username} password=${decodeURIComponent(password)}`;
  const all = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "any",
    default_pool_size: 100,
    ...settings,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(
    file,
    `[databases]\n${database} = host=${hostname} port=${target} ${login}\n[pgbouncer]\n${lines.join("\n")}\n`,
  );
  // As root it wants to become another user, who must be able to read its settings.
  const isRoot = process.getuid?.() === 0;
  for (const path of [folder, dir]) chmodSync(path, 0o755);
  const server = spawn("pgbouncer", [...(isRoot ? ["--user=nobody"] : []), "--quiet", file], {
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const kill = () => void server.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    server.kill("SIGKILL");
    await ended;
  };
  try {
    await listens(port, server);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(port);
  return { url: url.href, stop };
}

async function listens(port: number, server: ChildProcess): Promise<void> {
  for (let attempts = 0; attempts < 100 && server.exitCode === null; attempts += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, "127.0.0.1");
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await sleep(100);
  }
  throw new Error(`Expected pgbouncer to listen on port ${port}; it ended or does not.`);
}
