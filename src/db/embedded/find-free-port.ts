// Finds a port for a server that is about to be started on this machine.
import { createServer } from "node:net";

/** A port of 127.0.0.1 that is free now, and may be taken by somebody else a moment later. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("No TCP port came."));
      else resolve(address.port);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
