import { expect, it, vi } from "vitest";
import { startListener } from "../../src/db/listener.ts";
import { createPool } from "../../src/db/sql/pool.ts";
import { createTestDatabase } from "../support/database.ts";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";
import { startFakePostgres } from "./support/fake-postgres.ts";

const patience = { timeout: 30_000, interval: 50 };

it("a listener that can't listen keeps no connection", async () => {
  const server = await startFakePostgres({ refuses: true });
  try {
    const options = { channels: { news: () => undefined }, onGap: vi.fn(), onError: vi.fn() };
    await expect(startListener(server.url, options)).rejects.toThrow("during recovery");
    await vi.waitFor(() => expect(server.connections()).toBe(0), patience);
  } finally {
    server.close();
  }
});

it("a listener whose connection dies without a word says so, and hears again on another", async () => {
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const heard: string[] = [];
  const onGap = vi.fn<() => void>();
  const listener = await startListener(proxy.url, {
    channels: { news: (payload) => heard.push(payload) },
    onGap,
    onError: () => undefined,
  });
  const pool = createPool(database.url, {
    max: 1,
    synchronousCommit: "on",
    onError: () => undefined,
  });
  try {
    expect([listener.isListening(), onGap.mock.calls.length]).toEqual([true, 1]);
    proxy.silenceOld();
    // Told of the loss, and told again once it listens on a new connection.
    await vi.waitFor(() => expect(onGap.mock.calls.length).toBeGreaterThanOrEqual(3), patience);
    expect(listener.isListening()).toBe(true);
    await pool.query("select pg_notify('news', 'again')");
    await vi.waitFor(() => expect(heard).toEqual(["again"]), patience);
  } finally {
    await pool.end();
    await listener.close();
    proxy.close();
    await database.drop();
  }
});
