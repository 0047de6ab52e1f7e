// What `npm run build` makes. Importing this file builds it first, unless it is built already.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

await promisify(execFile)(process.execPath, ["bin/build.ts"]);

/** The folder with the built program. */
export const dist = new URL("../../dist/", import.meta.url);

/** What production runs the program with. */
export const tunedNode = fileURLToPath(new URL("../../bin/tuned-node", import.meta.url));
