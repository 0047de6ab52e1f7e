// Where the program is installed. The build puts many modules into one file, so that a module's own place says nothing.

import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { dirname, join } from "node:path";

/**
 * The nearest folder at or above the given one that has a package.json. (`findPackageJSON` of node:module would do this, but
 * an older Node lacks it, and the commands have to come as far there as to say which Node they need.)
 */
function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(folder);
  if (above !== folder) return findRoot(above);
  throw new Error(
    `Expected Tallyman's package.json in a folder above ${import.meta.dirname}; found none.`,
  );
}

/** The folder with the program's package.json. It ends with a slash, so that paths can be resolved against it. */
export const packageRoot: URL = pathToFileURL(`${findRoot(import.meta.dirname)}/`);
