// The command `npm run check:imports`: prints each import that the table of rooms does not allow, and each circle.

import { findCircles, findForbidden, readImports } from "./import-rules.ts";
import { rooms } from "./rooms.ts";
import { readSourceFiles } from "./source-files.ts";

const imports = readImports(readSourceFiles(`${import.meta.dirname}/..`));
const faults = [
  ...findForbidden(imports, rooms),
  ...findCircles(imports).map((files) => `These import each other: ${files.join(", ")}.`),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) {
  process.stderr.write("The table of rooms is tools/rooms.ts; docs/architecture.md explains it.\n");
  process.exitCode = 1;
}
