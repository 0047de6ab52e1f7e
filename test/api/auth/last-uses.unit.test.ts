import { pino } from "pino";
import { expect, it } from "vitest";
import { createLastUses } from "../../../src/api/auth/last-uses.ts";

const silent = pino({ level: "silent" });

it("writes one list at a time: uses that are noted meanwhile are written together after it", async () => {
  const writes: { readonly ids: readonly string[]; end(): void }[] = [];
  const noteUse = createLastUses((ids) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    writes.push({ ids, end: resolve });
    return promise;
  }, silent);
  noteUse("a");
  for (const id of ["b", "c", "b"]) noteUse(id);
  expect(writes.map(({ ids }) => ids)).toEqual([["a"]]);
  writes[0]?.end();
  await expect.poll(() => writes.map(({ ids }) => ids)).toEqual([["a"], ["b", "c"]]);
  writes[1]?.end();
});

it("logs a use that can't be written, and writes the next one", async () => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line) => void lines.push(line) });
  const written: (readonly string[])[] = [];
  let isAway = true;
  const noteUse = createLastUses((ids) => {
    if (isAway) return Promise.reject(new Error("the database is away"));
    written.push(ids);
    return Promise.resolve();
  }, log);
  noteUse("a");
  await expect.poll(() => lines.join("")).toContain("the last use of an API key");
  isAway = false;
  noteUse("b");
  await expect.poll(() => written).toEqual([["b"]]);
});
