// The program that `npm start` runs. Its arguments are the roles to take: api, worker, or both if it gets none.

import { keepTickShape } from "./runtime/keep-tick-shape.ts";
import { parseRoles } from "./process/parse-roles.ts";
import { run } from "./process/run.ts";

// Templates show times in UTC, but liquidjs uses the time zone of its host, which may have daylight saving time.
process.env["TZ"] = "UTC";
keepTickShape();
const roles = parseRoles(process.argv.slice(2));
if (roles === null) {
  process.stderr.write(
    `Expected roles among api and worker; got: ${process.argv.slice(2).join(" ")}. Without a role it takes both.\n`,
  );
  process.exitCode = 2;
} else {
  // An event loop may never get empty: a library that tries to reach a store again and again keeps it busy.
  process.exit(await run(process.env, roles));
}
