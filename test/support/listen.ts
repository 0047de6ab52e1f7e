// A server of a test's own, on a port that nobody else has.

import type { Server } from "node:net";
import * as z from "zod";

/** Listens on a free port of this machine. Resolves with the address, without a trailing slash. */
export function listenOnFreePort(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = z.object({ port: z.int() }).parse(server.address());
      resolve(`http://127.0.0.1:${port}`);
    });
  });
}
