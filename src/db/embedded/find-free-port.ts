// Finds a port for a server that is to be started on this machine.
import { createServer } from "node:net";

/** Finds a port of 127.0.0.1 that is free now. Another program may take it a moment later. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        reject(new Error(`Expected a TCP port; got the address ${address}.`));
      else resolve(address.port);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
