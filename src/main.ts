// The process that `npm start` runs. Roles are its arguments: api, worker, or both where none is named.

import { keepTickShape } from "./runtime/keep-tick-shape.ts";
import { parseRoles } from "./process/parse-roles.ts";
import { run } from "./process/run.ts";

// Templates tell times in UTC, but liquidjs counts in the zone of its host, whose clocks may be put forward.
process.env["TZ"] = "UTC";
keepTickShape();
const roles = parseRoles(process.argv.slice(2));
if (roles === null) {
  process.stderr.write(
    `Expected roles among api and worker, or none for both; got: ${process.argv.slice(2).join(" ")}\n`,
  );
  process.exitCode = 2;
} else {
  // Not by an empty event loop: a library that still tries to reach a store that is away would keep it going.
  process.exit(await run(process.env, roles));
}
