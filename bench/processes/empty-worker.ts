// The yardstick of `drain`: a worker like Tallyman's, on the same queue with the same settings, that does nothing. It
// sends how many jobs it did per second after the warm-up.

import * as z from "zod";
import { createPostgresQueueBackend } from "../../src/queues/postgres-backend.ts";
import { createRedisBackend } from "../../src/queues/redis-backend.ts";

const settings = z
  .object({
    on: z.enum(["Redis", "PostgreSQL"]),
    jobs: z.int().positive(),
    warmup: z.int(),
    concurrency: z.int().positive(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));
const { DATABASE_URL: databaseUrl, REDIS_URL: url } = z
  .object({ DATABASE_URL: z.string(), REDIS_URL: z.string().default("") })
  .parse(process.env);

const onError = (error: Error): void => console.error(error);
const backend =
  settings.on === "Redis"
    ? createRedisBackend({ address: { url }, prefix: "tallyman", onError })
    : await createPostgresQueueBackend({ databaseUrl, onError });

let done = 0;
let warmAt = 0;
const worker = backend.createWorker(
  "process-order",
  () => {
    done += 1;
    if (done === settings.warmup) warmAt = performance.now();
    if (done === settings.jobs) {
      const seconds = (performance.now() - warmAt) / 1_000;
      process.send?.({ perSecond: (settings.jobs - settings.warmup) / seconds });
    }
    return Promise.resolve();
  },
  { concurrency: settings.concurrency, onError },
);
await worker.waitUntilReady();
process.send?.({ ready: true });
process.once("SIGTERM", () => {
  void worker.close(true).finally(() => process.exit(0));
});
