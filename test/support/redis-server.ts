// The Redis that the tests run on: the one REDIS_URL names, or else one that is started for this run.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Redis } from "ioredis";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";

export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Answers with the Redis of REDIS_URL, or starts `redis-server` from the PATH on a free port of
 * 127.0.0.1, keeping nothing on disk. Resolves with null where there is neither, and rejects where the
 * Redis does not answer.
 */
export async function startTestRedis(): Promise<TestRedis | null> {
  const given = process.env["REDIS_URL"];
  if (given) {
    await waitForAnswer(given);
    return { url: given, stop: () => Promise.resolve() };
  }
  const port = await findFreePort();
  const options = {
    bind: "127.0.0.1",
    save: "",
    appendonly: "no",
    "maxmemory-policy": "noeviction",
  };
  const args = Object.entries({ ...options, port: `${port}` }).flatMap(([name, value]) => [
    `--${name}`,
    value,
  ]);
  const server = spawn("redis-server", args, { stdio: "ignore" });
  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  try {
    await once(server, "spawn");
  } catch {
    return null;
  }
  const kill = () => void server.kill("SIGKILL");
  process.once("exit", kill);
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    process.off("exit", kill);
    server.kill("SIGTERM");
    await exited;
  };
  try {
    await waitForAnswer(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Rejects where the server does not answer within about 5 seconds. */
async function waitForAnswer(url: string): Promise<void> {
  const client = new Redis(url, {
    retryStrategy: (attempt) => (attempt < 100 ? 50 : null),
    maxRetriesPerRequest: null,
  });
  client.on("error", () => undefined);
  try {
    await client.ping();
  } catch (error) {
    throw new Error(`The tests' Redis at ${new URL(url).host} does not answer.`, { cause: error });
  } finally {
    client.disconnect();
  }
}
