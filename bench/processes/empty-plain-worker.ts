// The worker for the yardstick of `wait`: a plain BullMQ worker that does nothing.

import { Worker } from "bullmq";
import { Redis } from "ioredis";
import * as z from "zod";

const settings = z
  .object({ concurrency: z.int().positive() })
  .parse(JSON.parse(process.argv[2] ?? ""));
const { REDIS_URL: url } = z.object({ REDIS_URL: z.string() }).parse(process.env);
const connection = new Redis(url, { maxRetriesPerRequest: null });
const worker = new Worker("empty", () => Promise.resolve(), { connection, ...settings });
await worker.waitUntilReady();
process.send?.({ ready: true });
process.once("SIGTERM", () => process.exit(0));
