import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { channels } from "../../src/db/channels.ts";

it("gives each message a channel of its own", () => {
  const names = Object.values(channels);
  expect(new Set(names).size).toBe(names.length);
});

it("is the one place where a channel is named", async () => {
  const src = join(import.meta.dirname, "../../src");
  const files = (await readdir(src, { recursive: true })).filter(
    (file) => /\.tsx?$/.test(file) && file !== join("db", "channels.ts"),
  );
  const texts = await Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(src, file), "utf8") })),
  );
  const notifying = texts.filter(({ text }) => text.includes("pg_notify("));
  expect(notifying.length).toBeGreaterThan(0);
  // A literal in place of the parameter, or a value that does not come from the list.
  const unnamed = notifying.filter(
    ({ text }) => !text.includes("channels.") || /pg_notify\(\s*'/.test(text),
  );
  const named = texts.filter(({ text }) =>
    Object.values(channels).some((name) => new RegExp(`["'\`]${name}["'\`]`).test(text)),
  );
  expect([...unnamed, ...named].map(({ file }) => file)).toEqual([]);
});
