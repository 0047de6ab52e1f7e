// Stands between Tallyman and its stores as if they were on another machine: everything arrives later. It is a process of
// its own, so that it does not delay what it is between.

import * as z from "zod";
import { startTcpProxy } from "../../tools/lab/tcp-proxy.ts";

/** For a message and its answer together. All of it is on the way to the store, because each timer is late. */
const delayMs = z.number().nonnegative().parse(Number(process.argv[2]));
const { DATABASE_URL: database, REDIS_URL: redis } = z
  .object({ DATABASE_URL: z.string(), REDIS_URL: z.string() })
  .parse(process.env);

const [databaseProxy, redisProxy] = await Promise.all([
  startTcpProxy(database),
  startTcpProxy(redis),
]);
for (const proxy of [databaseProxy, redisProxy]) proxy.delay(delayMs, 0);
process.send?.({ environment: { DATABASE_URL: databaseProxy.url, REDIS_URL: redisProxy.url } });
process.once("SIGTERM", () => process.exit(0));
