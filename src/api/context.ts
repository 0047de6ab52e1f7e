// The resources of the API's endpoints, created once when the process starts.

import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Tracing } from "../flow/tracing.ts";
import type { QueueBackend } from "../queues/backend.ts";
import type { Post } from "../webhooks/message.ts";
import type { Metrics } from "../health/metrics.ts";
import type { TemplateThread } from "../emails/templating/template-thread.ts";
import type { MailTransport } from "../emails/delivery/transport.ts";

/** The settings that the API reads. */
export type ApiSettings = {
  readonly MAIL_FROM: string;
  readonly MAIL_FROM_NAME: string;
  readonly SMTP_URL?: string | undefined;
  readonly TRUST_PROXY: number;
  readonly PUBLIC_URL?: string | undefined;
  readonly REQUESTS_PER_SECOND_PER_KEY: number;
  readonly METRICS_PORT?: number | undefined;
  readonly METRICS_KEY?: string | undefined;
};

/** What the API does with addresses of webhooks itself: everything else is the worker's. */
export type Webhooks = {
  /** Why events can't be posted to a URL, as a sentence; null if they can. It looks up the host. */
  readonly urlRefusal: (url: string) => Promise<string | null>;
  readonly post: Post;
};

/** The API's resources. */
export type ApiContext = {
  readonly config: ApiSettings;
  readonly orm: MikroORM;
  readonly pool: Pool;
  readonly backend: QueueBackend;
  readonly transport: MailTransport;
  readonly templates: TemplateThread;
  readonly webhooks: Webhooks;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Left out if there are no traces. */
  readonly tracing?: Tracing | undefined;
  /** The URL at which people and other programs reach the service, without a trailing slash. */
  readonly publicUrl: () => string;
};
