// The rooms of the tree, and what each may import. Imports only go down this table, so that no room depends on its users.

/** A room: its purpose, the rooms that it may import, and the packages if they are limited too. */
export type Room = {
  readonly holds: string;
  readonly imports: readonly string[];
  /** The packages that it may import, `node:` for Node's own; any if left out. */
  readonly packages?: readonly string[];
};

/** Every room: a folder of `src`, or one beside it. A room comes before those that it imports. */
export const rooms = {
  test: {
    holds: "Tests, in the same folders as what they test",
    imports: [
      "bin",
      "bench",
      "tools",
      "client",
      "admin",
      "cli",
      "main",
      "process",
      "config",
      "api",
      "workers",
      "health",
      "emails",
      "webhooks",
      "tracing",
      "queues",
      "db",
      "csv",
      "contract",
      "domain",
      "flow",
      "runtime",
    ],
  },
  bin: {
    holds: "How the program is built and started",
    imports: [],
  },
  bench: {
    holds: "The measurements, as ratios to an empty queue and a bare server",
    imports: ["tools", "config", "api", "workers", "queues", "db", "domain", "webhooks"],
  },
  tools: {
    holds: "What tests, the bench and the checks share, and `npm run dev`",
    imports: ["db", "csv", "domain"],
  },
  client: {
    holds: "The client for programs of others, `tallyman/client`: one file without imports",
    imports: [],
    packages: ["vite", "node:"],
  },
  main: {
    holds: "The program that `npm start` runs",
    imports: ["process", "runtime"],
  },
  cli: {
    holds: "The `tallyman` commands",
    imports: [
      "process",
      "config",
      "api",
      "workers",
      "emails",
      "queues",
      "db",
      "csv",
      "contract",
      "domain",
      "runtime",
    ],
  },
  process: {
    holds: "A process from start to end: its stores, its roles, its log, its web server",
    imports: [
      "config",
      "api",
      "workers",
      "health",
      "emails",
      "webhooks",
      "tracing",
      "queues",
      "db",
      "flow",
      "runtime",
    ],
  },
  config: {
    holds: "The settings, checked",
    imports: ["emails", "webhooks", "tracing", "queues", "db", "contract"],
  },
  admin: {
    holds: "The admin app, which runs in a browser",
    imports: ["contract", "domain"],
  },
  api: {
    holds: "The HTTP API: a folder a subject",
    imports: [
      "health",
      "emails",
      "webhooks",
      "queues",
      "db",
      "csv",
      "contract",
      "domain",
      "flow",
      "runtime",
    ],
  },
  workers: {
    holds: "What is done for each job, and the sweeper",
    imports: ["emails", "webhooks", "queues", "db", "domain", "flow"],
  },
  health: {
    holds: "Liveness, readiness and metrics",
    imports: ["queues", "db", "flow"],
  },
  emails: {
    holds: "Mail: templates, rendering, delivery. It reads no table and no queue",
    imports: ["contract", "domain", "flow"],
  },
  webhooks: {
    holds:
      "Messages to addresses of others: signed, posted, inner addresses refused. It reads no table",
    imports: ["domain", "flow"],
  },
  tracing: {
    holds:
      "Traces for an OpenTelemetry collector. Its packages are loaded only if a setting names one",
    imports: ["flow"],
  },
  queues: {
    holds: "The jobs, and BullMQ on Redis or PostgreSQL",
    imports: ["db", "domain", "flow", "runtime"],
  },
  db: {
    holds: "Tables, and one SQL operation a file",
    imports: ["domain", "flow", "runtime"],
  },
  csv: {
    holds: "CSV files as rows",
    imports: ["domain"],
    packages: [],
  },
  contract: {
    holds: "What is sent to the API and answered by it, one file a resource",
    imports: ["domain"],
    packages: ["zod"],
  },
  domain: {
    holds: "The rules of stock, orders, catalogue and access, as pure functions",
    imports: [],
    packages: [],
  },
  flow: {
    holds: "How work waits: batches, locks, limits, deadlines. It knows nothing of stock",
    imports: [],
    packages: ["node:", "pino"],
  },
  runtime: {
    holds: "What is done for V8, Node and sockets, each with its reason",
    imports: [],
  },
} as const satisfies Record<string, Room>;
