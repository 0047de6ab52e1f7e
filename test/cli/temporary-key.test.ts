import { expect, onTestFinished, test } from "vitest";
import { createTemporaryKey } from "../../src/cli/temporary-key.ts";
import { permissions } from "../../src/domain/access/permissions.ts";
import { startTestApi } from "../support/service.ts";

test("two commands at once have a key each, under names that differ, and take them back", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const keys = [
    await createTemporaryKey(api.databaseUrl, { name: "replay", scopes: permissions }),
    await createTemporaryKey(api.databaseUrl, { name: "replay", scopes: permissions }),
  ];
  const living = () =>
    api.sql<{ name: string }>(
      "select name from api_key where name like 'replay%' and revoked_at is null order by name",
    );
  const names = (await living()).map(({ name }) => name);
  expect(names).toEqual(["replay", expect.stringMatching(/^replay \w{8}$/)]);
  for (const { key } of keys) {
    const headers = { authorization: `Bearer ${key}` };
    expect((await api.send("GET", "/mails", undefined, headers)).status).toBe(200);
  }
  for (const { revoke } of keys) await revoke();
  expect(await living()).toEqual([]);
});

test("the key of a command that was killed ends by itself, that of a running one is extended", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const killed = await createTemporaryKey(
    api.databaseUrl,
    { name: "killed", scopes: permissions },
    {
      lifeMs: 1_500,
      extendEveryMs: 3_600_000,
    },
  );
  const running = await createTemporaryKey(
    api.databaseUrl,
    { name: "running", scopes: permissions },
    {
      lifeMs: 1_500,
      extendEveryMs: 100,
    },
  );
  onTestFinished(async () => {
    await killed.revoke();
    await running.revoke();
  });
  const statusOf = async ({ key }: { readonly key: string }) =>
    (await api.send("GET", "/mails", undefined, { authorization: `Bearer ${key}` })).status;
  expect(await statusOf(killed)).toBe(200);
  // Both are in the cache of the service, and the second was made later.
  await expect.poll(() => statusOf(killed), { timeout: 10_000, interval: 20 }).toBe(401);
  const isOlderThanItsFirstEnd = () =>
    api.sql(
      "select 1 from api_key where name = 'running' and now() > created_at + interval '2 seconds'",
    );
  await expect.poll(isOlderThanItsFirstEnd, { timeout: 10_000 }).toHaveLength(1);
  expect(await statusOf(running)).toBe(200);
});
