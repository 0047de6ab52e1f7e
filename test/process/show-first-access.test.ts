import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  firstAccessFile,
  leftFirstAccess,
  showOnTerminalOrInFile,
} from "../../src/process/show-first-access.ts";
import { temporaryFolder } from "../cli/temporary-file.ts";

const made = {
  apiKey: "tm_12345678_secret-of-the-key",
  adminEmail: "admin@localhost",
  adminPassword: "never shown",
  adminLink: "http://127.0.0.1:3000/admin/login/password?token=secret-of-the-link",
};

const output = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, isTTY, write: (text: string) => written.push(text) };
};

test("on a terminal the first credentials are printed, and are in no file", async () => {
  const folder = await temporaryFolder();
  const terminal = output(true);
  showOnTerminalOrInFile(terminal, folder)(made);
  expect(terminal.written.join("")).toContain(made.apiKey);
  expect(terminal.written.join("")).toContain(made.adminLink);
  expect(terminal.written.join("")).not.toContain(made.adminPassword);
  expect(leftFirstAccess(folder)).toBeUndefined();
});

test("in a log there is only the name of a file, which this user alone can read", async () => {
  const folder = join(await temporaryFolder(), "data");
  const log = output(false);
  showOnTerminalOrInFile(log, folder)(made);
  const file = firstAccessFile(folder);
  expect(log.written.join("")).toContain(file);
  expect(log.written.join("")).not.toContain("secret");
  const text = await readFile(file, "utf8");
  expect(text).toContain(made.apiKey);
  expect(text).toContain(made.adminLink);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(leftFirstAccess(folder)).toContain(file);
});

test("a file that others could read is replaced, and one that can't be written is an error", async () => {
  const folder = await temporaryFolder();
  const file = firstAccessFile(folder);
  await writeFile(file, "of an earlier start");
  await chmod(file, 0o644);
  showOnTerminalOrInFile(output(false), folder)({ apiKey: made.apiKey });
  expect(await readFile(file, "utf8")).toBe(`First API key, shown only now: ${made.apiKey}\n`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const inAFile = join(file, "data");
  expect(() => showOnTerminalOrInFile(output(false), inAFile)(made)).toThrow(/ENOTDIR|EEXIST/);
});
