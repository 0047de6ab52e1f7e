// The environment as a frozen, validated configuration. Every problem is named at once, at start.

import * as z from "zod";
import { smtpAddressProblems } from "./emails/smtp-address.ts";
import { issueWords } from "./issue-words.ts";

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `expected an address that begins with ${protocols.map((p) => `${p}//`).join(" or ")}`,
  });

/** Every variable that is read, with its default. The README's table is checked against this. */
export const environmentSchema = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: url(["http:", "https:"])
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  TRUST_PROXY: whole(0, 10).default(0),
  DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
  DATABASE_POOL: whole(2, 200).default(10),
  SYNCHRONOUS_COMMIT: z.enum(["on", "off"]).default("on"),
  REDIS_URL: url(["redis:", "rediss:"]).optional(),
  REDIS_CLUSTER_NODES: z
    .string()
    .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, "expected host:port, several separated by commas")
    .optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, "expected up to 40 letters, digits, _ or -")
    .default("tallyman"),
  SMTP_URL: url(["smtp:", "smtps:"]).optional(),
  MAIL_FROM: z
    .email("expected an address such as stock@shop.example")
    .default("tallyman@localhost.localdomain"),
  MAIL_FROM_NAME: z.string().min(1).max(100).default("Tallyman"),
  DATA_DIR: z.string().min(1).default(".tallyman"),
  BOOTSTRAP_API_KEY: z
    .string()
    .regex(
      /^tm_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{32,}$/,
      "expected tm_, 8 letters or digits, _, and at least 32 more characters",
    )
    .optional(),
  BOOTSTRAP_ADMIN_EMAIL: z.email("expected an address").optional(),
  BOOTSTRAP_ADMIN_PASSWORD: z
    .string()
    .min(10, "expected at least 10 characters")
    .max(200)
    .optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  BATCH_ORDERS_MAX: whole(1, 2_000).default(250),
  BATCH_LINES_MAX: whole(1, 100_000).default(4_000),
  BATCH_LINGER_MS: whole(0, 1_000).default(20),
  SWEEP_INTERVAL_MS: whole(100, 3_600_000).default(10_000),
  SWEEP_AFTER_MS: whole(100, 3_600_000).default(30_000),
  SHUTDOWN_DEADLINE_MS: whole(100, 600_000).default(20_000),
  SHUTDOWN_GRACE_MS: whole(0, 120_000).default(300),
  REQUESTS_PER_SECOND_PER_KEY: whole(1, 1_000_000).default(20_000),
});

/** The environment's variables, parsed. */
type Environment = z.output<typeof environmentSchema>;

/** What the program runs on. Frozen; made once at start. */
export type Config = Readonly<Environment>;

/** The environment can't be used; the message lists every problem with what was expected and what came. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const secrets = new Set([
  "DATABASE_URL",
  "REDIS_URL",
  "SMTP_URL",
  "BOOTSTRAP_API_KEY",
  "BOOTSTRAP_ADMIN_PASSWORD",
]);

/**
 * Reads the configuration. An empty variable counts as absent. Throws a `ConfigError` that names every
 * problem at once; values of secrets are never shown.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(environmentSchema.shape);
  const given = Object.fromEntries(
    known.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])),
  );
  const parsed = environmentSchema.safeParse(given, { reportInput: true, error: issueWords });
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(describe);
  if (problems.length > 0 || !parsed.success) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    throw new ConfigError(
      `The configuration can't be used:\n${list}\nSee the README's table of settings.`,
    );
  }
  return Object.freeze(parsed.data);
}

function describe(issue: z.core.$ZodIssue): string {
  const name = String(issue.path[0]);
  const came = secrets.has(name) ? "a value that is not shown here" : JSON.stringify(issue.input);
  return `${name}: ${issue.message}; got ${came}`;
}

function contradictions(config: Environment): string[] {
  const problems: string[] = [];
  if (config.SMTP_URL !== undefined) {
    problems.push(...smtpAddressProblems(config.SMTP_URL).map((problem) => `SMTP_URL ${problem}`));
  }
  if (config.REDIS_URL !== undefined && config.REDIS_CLUSTER_NODES !== undefined) {
    problems.push("REDIS_URL and REDIS_CLUSTER_NODES: expected one of them; got both");
  }
  if (
    (config.BOOTSTRAP_ADMIN_EMAIL === undefined) !==
    (config.BOOTSTRAP_ADMIN_PASSWORD === undefined)
  ) {
    problems.push(
      "BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD: expected both or none; got one",
    );
  }
  return problems;
}
