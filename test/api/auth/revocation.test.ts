// Keys in several processes: the service under test, and an authenticator of another one beside it.

import { createServer, type Server } from "node:http";
import { once } from "node:events";
import express, { type RequestHandler } from "express";
import type { Pool } from "pg";
import * as z from "zod";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createAuthenticator } from "../../../src/api/auth/authenticator.ts";
import { channels } from "../../../src/db/channels.ts";
import { type Listener, startListener } from "../../../src/db/listener.ts";
import { createPool } from "../../../src/db/sql/pool.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

const made = z.object({ id: z.string(), key: z.string(), prefix: z.string() });

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

let keysMade = 0;

/** Makes a key that may read mails. */
async function makeKey(name = `checkout ${(keysMade += 1)}`) {
  const reply = await service.send("POST", "/api-keys", { name, scopes: ["mails:read"] });
  expect(reply.status).toBe(201);
  return made.parse(reply.body);
}

const withKey = async (key: string) =>
  (await service.send("GET", "/mails", undefined, { authorization: `Bearer ${key}` })).status;

describe("an API key", () => {
  it("works from the moment it is made until the moment it is revoked", async () => {
    const { id, key } = await makeKey();
    expect(await withKey(key)).toBe(200);
    expect((await service.send("DELETE", `/api-keys/${id}`)).status).toBe(204);
    expect(await withKey(key)).toBe(401);
  });

  it("is refused with another secret, another prefix, or in another form", async () => {
    const { key, prefix } = await makeKey();
    const other = await makeKey();
    expect(await withKey(key)).toBe(200);
    const secret = key.slice(-32);
    for (const wrong of [
      `tm_${prefix}_${"x".repeat(32)}`,
      `tm_${other.prefix}_${secret}`,
      `${key}x`,
      key.slice(0, -1),
      secret,
      `tm_' or true_${secret}`,
    ]) {
      expect(await withKey(wrong)).toBe(401);
    }
    for (const authorization of [`Basic ${key}`, key, "Bearer", `Bearer ${key} ${key}`, ""]) {
      const reply = await service.send("GET", "/mails", undefined, { authorization });
      expect(reply.status).toBe(401);
    }
  });

  it("is in no table, and no answer but the one that made it", async () => {
    const { id, key } = await makeKey("kept-secret");
    const secret = key.slice(-32);
    const [{ dump } = { dump: "" }] = await service.sql<{ dump: string }>(
      `select string_agg(query_to_xml(format('select *, t::text from %I.%I t', table_schema, table_name),
          true, true, '')::text, '') as dump
        from information_schema.tables where table_schema in ('public', 'bullmq') and table_type = 'BASE TABLE'`,
    );
    expect(dump).toContain("kept-secret");
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString("hex"));
    for (const path of ["/api-keys?limit=200", `/api-keys/${id}`]) {
      const text = JSON.stringify((await service.send("GET", path)).body);
      expect(text).toContain("kept-secret");
      expect(text).not.toContain(secret);
    }
  });
});

describe("another process", () => {
  let pool: Pool;
  let listener: Listener;
  let server: Server;
  let url: string;
  beforeEach(async () => {
    pool = createPool(service.databaseUrl, {
      max: 2,
      synchronousCommit: "on",
      onError: () => undefined,
    });
    const auth = createAuthenticator({
      config: { REQUESTS_PER_SECOND_PER_KEY: 1_000 },
      pool,
      publicUrl: () => url,
      isListening: () => listener.isListening(),
      noteUse: () => undefined,
    });
    listener = await startListener(service.databaseUrl, {
      channels: { [channels.accessChanged]: auth.onAccessChanged },
      onGap: auth.onAccessChanged,
      onError: () => undefined,
    });
    const answer: RequestHandler = async (request, response) => {
      response.sendStatus((await auth.authenticate(request)) === null ? 401 : 200);
    };
    server = createServer(express().use(answer));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(server.address()).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await listener.close();
    await pool.end();
  });

  const there = async (key: string) =>
    (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).status;

  /** Revokes a key as nobody should: without a word to any process. */
  const revokeInSilence = (id: string) =>
    service.sql("update api_key set revoked_at = now() where id = $1", [id]);

  it("refuses a key as soon as it hears that it was revoked", async () => {
    const { id, key } = await makeKey();
    expect(await there(key)).toBe(200);
    await service.send("DELETE", `/api-keys/${id}`);
    await vi.waitFor(async () => expect(await there(key)).toBe(401), {
      timeout: 2_000,
      interval: 5,
    });
  });

  it("does not ask the database for a key that it knows", async () => {
    const { id, key } = await makeKey();
    // The news of the key itself may arrive after the first request; ask until it is remembered.
    await vi.waitFor(
      async () => {
        await service.sql("update api_key set revoked_at = null where id = $1", [id]);
        expect(await there(key)).toBe(200);
        await revokeInSilence(id);
        expect(await there(key)).toBe(200);
      },
      { timeout: 5_000, interval: 50 },
    );
    await service.sql(`notify ${channels.accessChanged}`);
    await vi.waitFor(async () => expect(await there(key)).toBe(401), {
      timeout: 2_000,
      interval: 5,
    });
  });

  it("asks the database about every request while it can't hear of changes", async () => {
    const { id, key } = await makeKey();
    expect(await there(key)).toBe(200);
    await service.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tallyman-listener' and datname = current_database()",
    );
    await vi.waitFor(() => expect(listener.isListening()).toBe(false), {
      timeout: 2_000,
      interval: 1,
    });
    expect(await there(key)).toBe(200);
    await revokeInSilence(id);
    expect(await there(key)).toBe(401);
    await vi.waitFor(() => expect(listener.isListening()).toBe(true), { timeout: 5_000 });
    expect(await there(key)).toBe(401);
  });
});
