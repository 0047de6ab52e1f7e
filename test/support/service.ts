// Starts the real service for a test, in the test's own process, on a database and queue store of its own.

import { pino } from "pino";
import { Client } from "pg";
import { readConfig } from "../../src/config.ts";
import { type Role, type Running, start } from "../../src/process/start.ts";
import { type QueueBackend, queueBackends, type QueueStore } from "./backends.ts";
import { createTestDatabase } from "./database.ts";

/** Credentials that every test service knows. */
export const testAccess = {
  apiKey: `tm_testtest_${"k".repeat(32)}`,
  adminEmail: "admin@example.com",
  adminPassword: "a long test password",
};

/** An answer of the API. `body` is the parsed JSON, or undefined where there was none. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** A running service and the ways in. */
export type TestService = {
  readonly url: string;
  readonly databaseUrl: string;
  readonly running: Running;
  readonly queues: Running["queues"];
  /** The settings that it runs on, for a second process beside it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sends a request below `/api/v1` with the test's key, or other headers where given. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  /** Runs SQL beside the service, as an auditor would. */
  sql<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  stop(): Promise<void>;
};

/** How a test's service differs from the usual one. */
export type TestServiceOptions = {
  readonly backend?: QueueBackend;
  readonly roles?: readonly Role[];
  /** Settings on top of the test's own. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts API and worker on the given queue backend, PostgreSQL's where none is named. */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const database = await createTestDatabase();
  const store = await (options.backend ?? firstBackend()).create();
  const environment = {
    PORT: "0",
    DATABASE_URL: database.url,
    DATABASE_POOL: "4",
    LOG_LEVEL: "silent",
    SHUTDOWN_GRACE_MS: "0",
    // Most tests look at single mails, and for many within a minute.
    ALERT_GATHER_MS: "0",
    ALERT_MAILS_PER_MINUTE: "1000",
    BOOTSTRAP_API_KEY: testAccess.apiKey,
    BOOTSTRAP_ADMIN_EMAIL: testAccess.adminEmail,
    BOOTSTRAP_ADMIN_PASSWORD: testAccess.adminPassword,
    ...queueSettings(store),
    ...options.environment,
  };
  const running = await start(readConfig(environment), {
    roles: options.roles ?? ["api", "worker"],
    log: pino({ level: environment.LOG_LEVEL }),
  });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const url = running.apiUrl ?? "";
  return {
    url,
    databaseUrl: database.url,
    running,
    queues: running.queues,
    environment,
    async send(method, path, body, headers = {}) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${testAccess.apiKey}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
      const parsed: unknown = isJson && text !== "" ? JSON.parse(text) : text || undefined;
      return { status: response.status, headers: response.headers, body: parsed };
    },
    async sql<Row extends object>(text: string, values: readonly unknown[] = []) {
      return (await client.query<Row>(text, [...values])).rows;
    },
    async stop() {
      await running.stop();
      await client.end();
      await store.discard();
      await database.drop();
    },
  };
}

/** Starts an API without a worker: orders stay pending. */
export function startTestApi(): Promise<TestService> {
  return startTestService({ roles: ["api"] });
}

function firstBackend(): QueueBackend {
  const [backend] = queueBackends;
  if (backend === undefined) throw new Error("There is no queue backend to test on.");
  return backend;
}

/** PostgreSQL's queue lies in the service's own database, so its store adds nothing. */
function queueSettings(store: QueueStore): Record<string, string> {
  return store.kind === "redis" ? { REDIS_URL: store.redisUrl, QUEUE_PREFIX: store.prefix } : {};
}
