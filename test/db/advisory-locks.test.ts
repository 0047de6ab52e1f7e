import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { advisoryLocks } from "../../src/db/advisory-locks.ts";
import { startTestApi, type TestService } from "../support/service.ts";

let api: TestService;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

it("guards each act by a number of its own, which no hash of 32 bits can be", () => {
  const numbers = Object.values(advisoryLocks);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(number).toBeGreaterThan(2 ** 32);
});

it("is named in one place: no other file gives a lock a number", async () => {
  const src = join(import.meta.dirname, "../../src");
  const files = await readdir(src, { recursive: true });
  const texts = await Promise.all(
    files
      // The lock of the feed has two keys, the sequence's own and a place, so it can't be one of these.
      .filter((file) => file.endsWith(".ts") && !file.endsWith("0021-feed.ts"))
      .map(async (file) => ({ file, text: await readFile(join(src, file), "utf8") })),
  );
  const locking = texts.filter(({ text }) => /pg_(try_)?advisory_/.test(text));
  expect(locking.length).toBeGreaterThan(0);
  const unnamed = locking.filter(
    ({ text }) => !text.includes("advisoryLocks.") || /advisory_\w+\(\d|= \d[\d_]{6,}/.test(text),
  );
  expect(unnamed.map(({ file }) => file)).toEqual([]);
});

it("lets a key be made while a sweep runs", async () => {
  await api.sql("select pg_advisory_lock($1)", [advisoryLocks.sweep]);
  try {
    const key = { name: "made during a sweep", scopes: ["stock:read"] };
    expect((await api.send("POST", "/api-keys", key)).status).toBe(201);
  } finally {
    await api.sql("select pg_advisory_unlock($1)", [advisoryLocks.sweep]);
  }
});
