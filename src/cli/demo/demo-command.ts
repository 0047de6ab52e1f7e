// `tallyman demo`: starts a small store with an embedded database, replays a sample of orders through the API and
// prints what happened. Then it serves until Ctrl-C.

import * as z from "zod";
import { type Config, readConfig } from "../../config.ts";
import { createApiClient } from "../api-client.ts";
import { listenForInterruption } from "../interruption.ts";
import { UsageError } from "../operator-error.ts";
import { type OwnService, startOwnService } from "../own-service.ts";
import { describeDemo } from "./describe-demo.ts";
import { emptyDemoFolder } from "./empty-demo-folder.ts";
import { playDemo } from "./play-demo.ts";

const optionsSchema = z.object({
  once: z.boolean(),
  orders: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .transform(Number)
    .optional(),
});

/**
 * Settings that a demo does not use. It must not change a real store or mail real people, and it creates its own
 * credentials.
 */
const ignored = withFiles([
  "DATABASE_URL",
  "REDIS_URL",
  "REDIS_CLUSTER_NODES",
  "SMTP_URL",
  "BOOTSTRAP_API_KEY",
  "BOOTSTRAP_ADMIN_EMAIL",
  "BOOTSTRAP_ADMIN_PASSWORD",
]);

/** Each setting, and the variable of the file that may hold it instead. */
function withFiles(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, `${name}_FILE`]);
}

/** Runs the command. If the demo fails, it stops everything that it started and rejects. */
export async function demoCommand(
  environment: Readonly<Record<string, string | undefined>>,
  raw: Readonly<Record<string, unknown>>,
): Promise<void> {
  const options = optionsSchema.safeParse(raw);
  if (!options.success) {
    throw new UsageError(
      `--orders: expected a whole number from 1; got ${JSON.stringify(raw["orders"])}.`,
    );
  }
  const { once, orders } = options.data;
  const { signal, happened } = listenForInterruption("The next demo starts from the beginning.");
  const folder = await emptyDemoFolder(readConfig(environment).DATA_DIR);
  try {
    const own = await startDemo(demoConfig(environment, folder.dir));
    try {
      const api = createApiClient({ url: own.url, key: own.key, signal });
      const outcome = await playDemo(api, { signal, stream: process.stderr, ordersMax: orders });
      process.stdout.write(`${describeDemo(outcome, own.running, folder.dir)}\n`);
      if (!once) {
        process.stdout.write("\nThe demo keeps running. Stop it with Ctrl-C.\n");
        await happened;
        process.stderr.write("Stopping.\n");
      }
    } finally {
      await own.stop();
    }
  } finally {
    folder.release();
  }
}

function demoConfig(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Config {
  const set = ignored.filter((name) => environment[name]);
  if (set.length > 0) {
    process.stderr.write(
      `The demo runs its own database and mail catcher, and ignores ${set.join(", ")}.\n`,
    );
  }
  const cleared = Object.fromEntries(ignored.map((name) => [name, undefined]));
  return readConfig({ ...environment, ...cleared, DATA_DIR: folder });
}

async function startDemo(config: Config): Promise<OwnService> {
  process.stderr.write("Starting PostgreSQL, the API and a worker …\n");
  const own = await startOwnService(config, "demo");
  if (config.PORT !== 0 && !own.url.endsWith(`:${config.PORT}`)) {
    process.stderr.write(`Port ${config.PORT} is in use, so the demo is at ${own.url}.\n`);
  }
  return own;
}
