// The installed PostgreSQL, for tests that run on a project which only root can enter as well.
import { join } from "node:path";
import { findNative, prepareBinaries } from "../../../src/db/embedded/binaries.ts";
import { findServerUser } from "../../../src/db/embedded/server-user.ts";
import { makeTemporaryFolder } from "./temporary-folder.ts";

/** A folder with bin, lib and share that the server's user can reach: the installed one or a copy. */
export async function findReachableNative(): Promise<string> {
  const user = await findServerUser(undefined);
  const sharedDir = join(await makeTemporaryFolder(), "shared");
  const { postgres } = await prepareBinaries(findNative(), user, sharedDir);
  return join(postgres, "..", "..");
}
