// The compose file's Redis, started by the very command that the file has for it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { expect, inject, it } from "vitest";
import { findFreePort } from "../src/db/embedded/find-free-port.ts";
import { connectToRedis } from "../tools/redis-server.ts";

const password = "NobodyReadsThisFromTheProcessList";

it.skipIf(inject("redisUrl") === null)(
  "its Redis keeps what it is told, and asks for the password that it got on standard input",
  async () => {
    const compose = await readFile(join(import.meta.dirname, "../docker-compose.yml"), "utf8");
    const script = /^ +exec redis-server - [^]*?SETTINGS\n[^]*?SETTINGS$/m.exec(compose)?.[0] ?? "";
    const folder = await mkdtemp(join(tmpdir(), "tallyman-compose-"));
    const port = await findFreePort();
    // As Compose reads it: without the indentation, and with one dollar sign for two.
    const command = script
      .replaceAll(/^ +/gm, "")
      .replaceAll("$$", "$")
      .replace("--dir /data", `--dir ${folder} --bind 127.0.0.1 --port ${port}`);
    const server = spawn("sh", ["-c", command], {
      stdio: "ignore",
      env: { ...process.env, REDISCLI_AUTH: password },
    });
    const ended = once(server, "exit");
    try {
      const admitted = await connectToRedis(`redis://:${password}@127.0.0.1:${port}`);
      expect(await admitted.config("GET", "maxmemory-policy")).toEqual([
        "maxmemory-policy",
        "noeviction",
      ]);
      expect(await admitted.config("GET", "appendonly")).toEqual(["appendonly", "yes"]);
      admitted.disconnect();
      const stranger = new Redis(`redis://127.0.0.1:${port}`);
      stranger.on("error", () => undefined);
      await expect(stranger.dbsize()).rejects.toThrow(/NOAUTH/);
      stranger.disconnect();
    } finally {
      server.kill();
      await ended;
      await rm(folder, { recursive: true });
    }
  },
);
