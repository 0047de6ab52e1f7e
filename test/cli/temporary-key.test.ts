import { expect, onTestFinished, test } from "vitest";
import { createTemporaryKey } from "../../src/cli/temporary-key.ts";
import { startTestApi } from "../support/service.ts";

test("two commands at once have a key each, under names that differ, and take them back", async () => {
  const api = await startTestApi();
  onTestFinished(() => api.stop());
  const keys = [
    await createTemporaryKey(api.databaseUrl, "replay"),
    await createTemporaryKey(api.databaseUrl, "replay"),
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
