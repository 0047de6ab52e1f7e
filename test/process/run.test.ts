import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { explain } from "../../src/process/run.ts";

/** The error of listening there. */
async function listenAt(port: number, host: string): Promise<unknown> {
  const server = createServer().listen(port, host);
  onTestFinished(() => void server.close());
  return once(server, "error").then(([error]: unknown[]) => error);
}

it("a port that is taken is named", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const { port } = z.object({ port: z.number() }).parse(other.address());
  const said = explain(await listenAt(port, "127.0.0.1"));
  expect(said).toContain(`Expected port ${port} to be free`);
  expect(said).not.toContain("    at ");
});

it("a host that is no address of this machine is named", async () => {
  // An address for documentation, which no machine has.
  const said = explain(await listenAt(0, "192.0.2.1"));
  expect(said).toContain("Expected HOST to be an address of this machine; got 192.0.2.1");
  expect(said).not.toContain("    at ");
});
