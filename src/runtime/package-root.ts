// Where the program is installed. The build puts many modules into one file, so that a module's own place says nothing.

import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";

const manifest = findPackageJSON(import.meta.url);
if (manifest === undefined) {
  throw new Error(
    `Expected Tallyman's package.json in a folder above ${import.meta.dirname}; found none.`,
  );
}

/** The folder with the program's package.json. It ends with a slash, so that paths can be resolved against it. */
export const packageRoot: URL = new URL("./", pathToFileURL(manifest));
