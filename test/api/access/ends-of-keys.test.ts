import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const viewSchema = z.object({
  id: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
const madeSchema = viewSchema.extend({ key: z.string() });

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
const ask = (name: string, expiresAt?: unknown, scopes = ["mails:read"]) =>
  service.send("POST", "/api-keys", { name, scopes, expiresAt });
const make = async (name: string, expiresAt?: unknown, scopes?: string[]) =>
  madeSchema.parse((await ask(name, expiresAt, scopes)).body);
const read = async (id: string) =>
  viewSchema.parse((await service.send("GET", `/api-keys/${id}`)).body);
const withKey = async (key: string, method = "GET", path = "/mails", body?: unknown) =>
  (await service.send(method, path, body, { authorization: `Bearer ${key}` })).status;

/** Moves the end of a key into the past, and notifies no process. */
const endInSilence = (id: string) =>
  service.sql(
    `update api_key set created_at = now() - interval '1 hour', expires_at = now() - interval '1 second'
      where id = $1`,
    [id],
  );

describe("an API key with an end", () => {
  it("is refused from its end on, also while processes have it in their cache", async () => {
    const { key, expiresAt } = await make("short", inSeconds(2));
    const end = Date.parse(expiresAt ?? "");
    expect(await withKey(key)).toBe(200);
    await expect.poll(() => withKey(key), { timeout: 10_000, interval: 20 }).toBe(401);
    expect(Date.now()).toBeGreaterThanOrEqual(end - 50);
    expect(await withKey(key)).toBe(401);
  });

  it("shows its end, in UTC, wherever keys are shown", async () => {
    const made = await make("shown", "2090-01-31T14:00:00+02:00");
    expect(made.expiresAt).toBe("2090-01-31T12:00:00.000Z");
    expect((await read(made.id)).expiresAt).toBe(made.expiresAt);
    const list = await service.send("GET", "/api-keys?limit=200");
    expect(JSON.stringify(list.body)).toContain(`"expiresAt":"2090-01-31T12:00:00.000Z"`);
    expect((await make("endless")).expiresAt).toBeNull();
    expect((await make("endless too", null)).expiresAt).toBeNull();
  });

  it.each([
    ["the past", () => inSeconds(-1)],
    ["a day", () => "2090-01-31"],
    ["a time without a zone", () => "2090-01-31T12:00:00"],
    ["no time", () => "soon"],
    ["a number", () => 4_000_000_000],
  ])("can't be made with %s as its end", async (_name, end) => {
    const { status, body } = await ask("impossible", end());
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer: "/expiresAt" }] });
    expect(await service.sql("select 1 from api_key where name = 'impossible'")).toEqual([]);
  });

  it("can't be stored with an end before its beginning, whoever asks", async () => {
    const { id } = await make("checked", inSeconds(60));
    const turnBack = service.sql(
      "update api_key set expires_at = created_at - interval '1 second' where id = $1",
      [id],
    );
    await expect(turnBack).rejects.toThrow("api_key_expires_after_it_was_made");
  });

  it("leaves its name to another key once it has expired, and is still shown as expired", async () => {
    const old = await make("Till", inSeconds(3_600));
    expect((await ask("till")).status).toBe(409);
    await endInSilence(old.id);
    expect((await ask("till")).status).toBe(201);
    const shown = await read(old.id);
    expect(shown.revokedAt).toBe(shown.expiresAt);
  });

  it("grants nothing after its end, even if its request began before", async () => {
    const admin = await make("admin", inSeconds(3_600), ["admin:read", "admin:write"]);
    expect(await withKey(admin.key, "GET", "/api-keys")).toBe(200);
    // The process has the key in its cache, so only the transaction of the change can refuse it.
    await endInSilence(admin.id);
    const request = { name: "child", scopes: ["admin:read"] };
    expect(await withKey(admin.key, "POST", "/api-keys", request)).toBe(401);
    expect(await service.sql("select 1 from api_key where name = 'child'")).toEqual([]);
  });
});

describe("the last use of an API key", () => {
  const usedAt = async (id: string) => (await read(id)).lastUsedAt;

  it("is empty at first, and shown soon after a request", async () => {
    const { id, key, lastUsedAt } = await make("used");
    expect(lastUsedAt).toBeNull();
    const before = Date.now();
    expect(await withKey(key)).toBe(200);
    await expect.poll(() => usedAt(id)).not.toBeNull();
    expect(Date.parse((await usedAt(id)) ?? "")).toBeGreaterThan(before - 1_000);
  });

  it("is not written by requests that come within the minute, cached or not", async () => {
    const { id, key } = await make("busy");
    expect(await withKey(key)).toBe(200);
    await expect.poll(() => usedAt(id)).not.toBeNull();
    const first = await usedAt(id);
    const other = await make("other");
    // Making a key empties the cache, so this one is looked up once more.
    for (let round = 0; round < 20; round += 1) expect(await withKey(key)).toBe(200);
    // Writes follow one another, so that of the other key comes after any of this one.
    expect(await withKey(other.key)).toBe(200);
    await expect.poll(() => usedAt(other.id)).not.toBeNull();
    expect(await usedAt(id)).toBe(first);
  });

  it("is written again when the last one is older than a minute", async () => {
    const { id, key } = await make("weekly");
    await service.sql(
      "update api_key set last_used_at = now() - interval '61 seconds' where id = $1",
      [id],
    );
    const before = await usedAt(id);
    expect(await withKey(key)).toBe(200);
    await expect.poll(() => usedAt(id)).not.toBe(before);
  });

  it("is not changed by a wrong secret, and no request waits for it", async () => {
    const { id, key } = await make("locked");
    expect(await withKey(`${key}x`)).toBe(401);
    expect(await usedAt(id)).toBeNull();
    await service.sql("begin");
    try {
      await service.sql("update api_key set name = 'locked too' where id = $1", [id]);
      expect(await withKey(key)).toBe(200);
    } finally {
      await service.sql("rollback");
    }
  });
});
