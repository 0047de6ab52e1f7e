// Creates the PostgreSQL cluster of a data folder when the folder is first used.
import { randomBytes } from "node:crypto";
import { chmod, chown, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PostgresBinaries } from "./binaries.ts";
import { makeFolder } from "./data-folder.ts";
import type { DataFolder } from "./data-folder.ts";
import { runProgram } from "./run-program.ts";
import { canEnter } from "./server-user.ts";
import type { ServerUser } from "./server-user.ts";

/** The cluster's only user, its superuser. */
export const databaseUser = "tallyman";

/**
 * Initialises the cluster and resolves with its real path. It is the same on every machine: UTF-8, PostgreSQL's own
 * C.UTF-8 collation, and a random password that every connection needs. If `user` can't enter the data folder, the
 * cluster is put into `sharedDir`, and the data folder gets a link to it. The cluster gets its name only when it is
 * complete, so a start that was killed halfway is made again. The caller has the folder's lock. Rejects with the output
 * of initdb.
 */
export async function initialiseCluster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
  sharedDir: string,
): Promise<string> {
  const mark = randomBytes(6).toString("hex");
  const place =
    user === undefined || (await canEnter(folder.dir, user))
      ? folder.dir
      : await makeSharedFolder(sharedDir, `data-${mark}`, user);
  const draft = join(place, `initialising-${mark}`);
  const cluster = join(place, "cluster");
  const password = randomBytes(24).toString("base64url");
  const draftPasswordFile = join(place, `password-${mark}`);

  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(draftPasswordFile, password, { mode: 0o600, flag: "wx" });
    if (user !== undefined) {
      await chown(draft, user.uid, user.gid);
      await chown(draftPasswordFile, user.uid, user.gid);
    }
    await writeFile(folder.passwordFile, password, { mode: 0o600, flush: true });
    await chmod(folder.passwordFile, 0o600);
    const initdb = await runProgram(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${databaseUser}`,
        `--pwfile=${draftPasswordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
      ],
      user,
    );
    if (!initdb.succeeded) {
      throw new Error(
        `PostgreSQL could not make its data in ${place}. Free some space there or choose another ` +
          `folder, and start again. initdb said:\n${initdb.output}`,
      );
    }
    await rename(draft, cluster);
  } finally {
    await rm(draftPasswordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
  if (place !== folder.dir) await symlink(cluster, folder.cluster);
  return cluster;
}

async function makeSharedFolder(sharedDir: string, name: string, user: ServerUser) {
  const place = join(sharedDir, name);
  await makeFolder(place);
  if (await canEnter(place, user)) return place;
  throw new Error(
    `PostgreSQL runs as ${user.name}, who can enter neither the data folder nor ${sharedDir}. ` +
      `Make one of them enterable (chmod o+x on it and the folders above it), and start again.`,
  );
}
