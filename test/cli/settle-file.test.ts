// A file that was found is made as safe as one that was written.

import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { settleLedgerFile } from "../../src/cli/ledger/ledger-files.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settle-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("only its owner can read it afterwards", async () => {
  const path = join(folder, "found");
  await writeFile(path, "found");
  await chmod(path, 0o644);
  await settleLedgerFile(path);
  expect((await stat(path)).mode % 0o1000).toBe(0o600);
});

it("says which file is missing", async () => {
  const path = join(folder, "missing");
  await expect(settleLedgerFile(path)).rejects.toThrow(`${path}: expected a file`);
});
