// The proxy of the laboratory and of the bench: which way its delay is on.

import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { startTcpProxy } from "../../../tools/lab/tcp-proxy.ts";

const delayMs = 60;
/** A timer may be early by less than a millisecond, as clocks count it. */
const atLeast = delayMs - 1;

/** Sends a message through a proxy with the delay, and says how long it and its answer were on their way. */
async function timeBothWays(delay: readonly [number, number?]) {
  let arrivedAt = Number.NaN;
  const store = createServer((socket) => {
    // The proxy ends its connections with a reset.
    socket.on("error", () => undefined);
    socket.on("data", () => {
      arrivedAt = performance.now();
      socket.write("answer");
    });
  });
  store.listen(0, "127.0.0.1");
  await once(store, "listening");
  const { port } = z.object({ port: z.number() }).parse(store.address());
  const proxy = await startTcpProxy(`redis://127.0.0.1:${port}`);
  onTestFinished(() => {
    proxy.close();
    store.close();
  });
  proxy.delay(...delay);
  const client = createConnection(Number(new URL(proxy.url).port), "127.0.0.1");
  await once(client, "connect");
  const sentAt = performance.now();
  client.write("message");
  await once(client, "data");
  const answeredAt = performance.now();
  client.destroy();
  return { there: arrivedAt - sentAt, back: answeredAt - arrivedAt };
}

it("a delay is on both ways", async () => {
  const { there, back } = await timeBothWays([delayMs]);
  expect(there).toBeGreaterThanOrEqual(atLeast);
  expect(back).toBeGreaterThanOrEqual(atLeast);
});

it("a delay that names the way back is another one there", async () => {
  const onlyBack = await timeBothWays([0, delayMs]);
  expect(onlyBack.back).toBeGreaterThanOrEqual(atLeast);
  const onlyThere = await timeBothWays([delayMs, 0]);
  expect(onlyThere.there).toBeGreaterThanOrEqual(atLeast);
});
