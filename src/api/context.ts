// What the API's endpoints work with, made once by whoever starts the process.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { QueueBackend } from "../queues/backend.ts";
import type { Metrics } from "../metrics.ts";
import type { TemplateThread } from "../emails/template-thread.ts";
import type { MailTransport } from "../emails/transport.ts";

/** The API's resources. */
export type ApiContext = {
  readonly config: Config;
  readonly orm: MikroORM;
  readonly pool: Pool;
  readonly backend: QueueBackend;
  readonly transport: MailTransport;
  readonly templates: TemplateThread;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** The address that people and other programs reach the service at, without a trailing slash. */
  readonly publicUrl: () => string;
};
