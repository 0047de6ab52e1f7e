// Reads the packages of this tree's lock file, for the page of licences and for the tests of the lock file.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { readImports } from "../import-rules.ts";
import { readSourceFiles } from "../source-files.ts";
import { type LockedPackage, readLockedPackages } from "./locked-packages.ts";

/** The root of the tree, as an absolute path. */
export const root = resolve(import.meta.dirname, "../..");

/** Every package of `package-lock.json`. */
export function readTreesPackages(): LockedPackage[] {
  // The build's own settings are in the folder, too, and no part of the app.
  const files = readSourceFiles(root).filter(
    ({ path }) => path.startsWith("src/admin/") && path !== "src/admin/vite.config.ts",
  );
  const imports = readImports(files).filter(({ isPackage }) => isPackage);
  const lock = readFileSync(resolve(root, "package-lock.json"), "utf8");
  return readLockedPackages(
    lock,
    imports.map(({ to }) => to),
  );
}
