// Readers of server-sent events that don't read, that are too many, or that sit behind a proxy without patience.

import { readFileSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Lab, labKey } from "../../tools/lab/lab.ts";
import type { Program } from "../../tools/lab/program.ts";
import { openTestLab } from "../support/lab.ts";
import { listenOnFreePort } from "../support/listen.ts";
import { connectRaw, type RawConnection, rawHead } from "../support/raw-http.ts";

const patience = { timeout: 90_000, interval: 100 };

/** The most streams of a process. */
const streamsMax = 200;

let lab: Lab;
let api: Program;
let proxy: Server | undefined;
const readers: RawConnection[] = [];

beforeEach(async () => {
  lab = await openTestLab("PostgreSQL", { SHUTDOWN_DEADLINE_MS: "60000" });
  api = await lab.start("api");
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.socket.destroy();
  proxy?.close();
  await lab.close();
});

/** Asks for a stream on a connection of its own. */
async function open(url: string, query = ""): Promise<RawConnection> {
  const reader = await connectRaw(url);
  readers.push(reader);
  const headers = { authorization: `Bearer ${labKey}`, accept: "text/event-stream" };
  reader.send(rawHead("GET", `/api/v1/events${query}`, headers));
  return reader;
}

/** A proxy that ends a connection on which the server says nothing for so long. */
async function startImpatientProxy(idleMs: number): Promise<string> {
  const { port, hostname } = new URL(api.url);
  proxy = createServer((client) => {
    const server = createConnection(Number(port), hostname);
    client.pipe(server).pipe(client);
    server.setTimeout(idleMs, () => client.destroy());
    for (const socket of [client, server]) {
      socket.on("error", () => undefined);
      socket.once("close", () => {
        client.destroy();
        server.destroy();
      });
    }
  });
  return listenOnFreePort(proxy);
}

/** The memory that the API has now, in bytes. */
const memory = (): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${api.pid}/status`, "utf8"))?.[1]) * 1024;

describe("streams of events", { timeout: 400_000 }, () => {
  it("are bounded in number and memory, live behind an impatient proxy, and are closed if nobody reads them", async () => {
    const listener = await open(await startImpatientProxy(25_000), "?after=latest&type=test.heard");
    await listener.answers(1);

    // 40 MB of events, of which each reader takes nothing. A reader that held all would hold 40 MB.
    await lab.postgres.sql(
      `insert into event (type, data)
       select 'test.large', json_build_object('text', repeat('x', 2000)) from generate_series(1, 20000)`,
    );
    const before = memory();
    const stalled = Array.from({ length: streamsMax - 1 }, async () => {
      const reader = await open(api.url, "?limit=1000");
      await reader.answers(1);
      reader.socket.pause();
      return reader;
    });
    await Promise.all(stalled);

    const refused = await open(api.url);
    await refused.answers(1);
    expect(refused.received()).toMatch(/^HTTP\/1\.1 503 /);
    expect(refused.received()).toMatch(/^Retry-After: \d+/im);

    const heartbeats = () => listener.received().split(": no event").length - 1;
    const heard = heartbeats();
    await expect.poll(heartbeats, patience).toBeGreaterThanOrEqual(heard + 2);
    // 8 GB if each reader held all. What they hold is far less; the rest was not collected yet.
    const grown = memory() - before;
    process.stdout.write(
      `${streamsMax - 1} readers that read nothing: ${Math.round(grown / 1e6)} MB.\n`,
    );
    expect(grown).toBeLessThan(1_500_000_000);
    await lab.postgres.sql("insert into event (type) values ('test.heard')");
    await expect.poll(() => listener.received(), patience).toContain("event: test.heard");

    // Those that read nothing for a minute or two are closed, and leave their places to others.
    const state = async () => {
      const reader = await open(api.url, "?after=latest");
      await reader.answers(1);
      reader.socket.destroy();
      return reader.received().slice(0, 12);
    };
    await expect
      .poll(state, { ...patience, timeout: 200_000, interval: 2_000 })
      .toBe("HTTP/1.1 200");
  });

  it("end at once when the process stops, also those whose clients don't read", async () => {
    await lab.postgres.sql(
      `insert into event (type, data)
       select 'test.large', json_build_object('text', repeat('x', 2000)) from generate_series(1, 20000)`,
    );
    const listener = await open(api.url, "?after=latest");
    const stalled = await open(api.url);
    await Promise.all([listener.answers(1), stalled.answers(1)]);
    stalled.socket.pause();
    const { code, ms } = await api.terminate();
    expect(code).toBe(0);
    // Without the end of the streams, the process would wait for two thirds of its deadline.
    expect(ms).toBeLessThan(30_000);
    await listener.closed;
    // The last piece of a complete answer.
    expect(listener.received()).toMatch(/\r\n0\r\n\r\n$/);
  });
});
