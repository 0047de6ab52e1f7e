// What Node has compiled is kept from one process to the next.

import { fileURLToPath } from "node:url";

/** Lets Node keep what it compiles for the processes that come later. Those that tests start are among them. */
export function keepCompiledCode(): void {
  process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(
    new URL("../../node_modules/.cache/compiled", import.meta.url),
  );
}
