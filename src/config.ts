// Reads the environment as a frozen, checked configuration. A start names every problem at once.

import { readFileSync } from "node:fs";
import * as z from "zod";
import { smtpAddressProblems } from "./emails/delivery/smtp-address.ts";
import { issueWords } from "./contract/issue-words.ts";
import { databaseUrlProblem } from "./db/sql/connection.ts";
import { tracingShape } from "./tracing/tracing-settings.ts";
import { ClusterNodesError, readClusterNodes } from "./queues/redis-address.ts";
import { addressProblem, redisAddress, smtpAddress } from "./db/sql/store-address.ts";
import { AllowedAddressesError, readAllowedAddresses } from "./webhooks/addresses.ts";

function publicUrlProblem(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    return "expected an address that begins with http:// or https://";
  }
  return url.username === "" && url.password === ""
    ? undefined
    : "expected an address without user and password, because mails show it";
}

function clusterNodesProblem(text: string): string | undefined {
  try {
    readClusterNodes(text);
    return undefined;
  } catch (error) {
    if (error instanceof ClusterNodesError) return error.message;
    throw error;
  }
}

function allowedAddressesProblem(text: string): string | undefined {
  try {
    readAllowedAddresses(text);
    return undefined;
  } catch (error) {
    if (error instanceof AllowedAddressesError) return error.message;
    throw error;
  }
}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
/** A text for which `problemOf` finds no problem. */
const checked = (problemOf: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== undefined) context.addIssue({ code: "custom", message: problem, input: text });
  });

const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, { error: `expected one of ${names.join(", ")}` });

/** Every setting, with its default. A test compares the README's table with this. */
export const environmentSchema = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: checked(publicUrlProblem)
    .transform((text) => text.replace(/\/+$/, ""))
    .optional(),
  TRUST_PROXY: whole(0, 10).default(0),
  DATABASE_URL: checked(databaseUrlProblem).optional(),
  DATABASE_POOL: whole(2, 200).default(10),
  SYNCHRONOUS_COMMIT: oneOf(["on", "off"]).default("on"),
  REDIS_URL: checked((text) => addressProblem(text, redisAddress)).optional(),
  REDIS_CLUSTER_NODES: checked(clusterNodesProblem).optional(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, "expected up to 40 letters, digits, _ or -")
    .default("tallyman"),
  SMTP_URL: checked((text) => addressProblem(text, smtpAddress)).optional(),
  MAIL_FROM: z
    .email("expected an address such as stock@shop.example")
    .default("tallyman@localhost.localdomain"),
  MAIL_FROM_NAME: z.string().min(1).max(100).default("Tallyman"),
  ALERT_GATHER_MS: whole(0, 60_000).default(2_000),
  ALERT_MAILS_PER_MINUTE: whole(0, 1_000).default(5),
  WEBHOOK_ALLOWED_ADDRESSES: checked(allowedAddressesProblem)
    .transform(readAllowedAddresses)
    .optional(),
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
  LOG_LEVEL: oneOf(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  BATCH_ORDERS_MAX: whole(1, 2_000).default(250),
  BATCH_LINES_MAX: whole(1, 100_000).default(4_000),
  BATCH_LINGER_MS: whole(0, 1_000).default(20),
  SWEEP_INTERVAL_MS: whole(100, 3_600_000).default(2_500),
  SWEEP_AFTER_MS: whole(100, 3_600_000).default(5_000),
  KEEP_EVENTS_DAYS: whole(7, 36_500).optional(),
  KEEP_MAILS_DAYS: whole(7, 36_500).optional(),
  KEEP_REQUESTS_DAYS: whole(1, 3_650).default(7),
  SHUTDOWN_DEADLINE_MS: whole(100, 600_000).default(20_000),
  SHUTDOWN_GRACE_MS: whole(0, 120_000).default(300),
  REQUESTS_PER_SECOND_PER_KEY: whole(1, 1_000_000).default(20_000),
  METRICS_PORT: whole(1, 65_535).optional(),
  METRICS_KEY: z
    .string()
    .regex(/^[!-~]{16,200}$/, "expected 16 to 200 letters, digits or signs, without blanks")
    .optional(),
  ...tracingShape,
});

/** The environment's variables, parsed. */
type Environment = z.output<typeof environmentSchema>;

/** The settings of a process, frozen. */
export type Config = Readonly<Environment>;

/** The settings can't be used. The message lists every problem: what was expected and what came. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Settings that hold, or may hold, a password. */
const secrets: readonly string[] = [
  "DATABASE_URL",
  "REDIS_URL",
  "REDIS_CLUSTER_NODES",
  "SMTP_URL",
  "BOOTSTRAP_API_KEY",
  "BOOTSTRAP_ADMIN_PASSWORD",
  "METRICS_KEY",
  "OTEL_EXPORTER_OTLP_HEADERS",
];

/** Settings that a file may hold instead: the variable with `_FILE` after its name is the file's path. */
const inFiles = new Set([...secrets, "BOOTSTRAP_ADMIN_EMAIL"]);

/** The names of all variables that are read. */
export const variableNames: readonly string[] = [
  ...Object.keys(environmentSchema.shape),
  ...[...inFiles].map((name) => `${name}_FILE`),
];

/** More than any address or password needs; a longer file is another one than was meant. */
const fileCharactersMax = 10_000;

/**
 * Reads the configuration. An empty variable counts as absent. Throws a `ConfigError` that names every
 * problem at once; values of secrets are never shown.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values = Object.keys(environmentSchema.shape).map((name) => readValue(environment, name));
  const given = Object.fromEntries(
    values.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
  const parsed = environmentSchema.safeParse(given, { reportInput: true, error: issueWords });
  const ofFiles = new Set(values.flatMap(({ name, isOfFile }) => (isOfFile ? [name] : [])));
  const problems = [
    ...values.flatMap(({ problem }) => problem ?? []),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, ofFiles))),
    ...contradictions(given),
  ];
  if (problems.length > 0 || !parsed.success) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    throw new ConfigError(
      `The configuration can't be used:\n${list}\nSee the README's table of settings.`,
    );
  }
  return Object.freeze(parsed.data);
}

/** What was given for a setting, by its variable or by a file. */
type GivenValue = {
  readonly name: string;
  readonly value?: string | undefined;
  readonly isOfFile?: boolean;
  readonly problem?: string;
};

function readValue(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
): GivenValue {
  const value = environment[name] || undefined;
  const path = inFiles.has(name) ? environment[`${name}_FILE`] : undefined;
  if (!path) return { name, value };
  if (value !== undefined) {
    return { name, value, problem: `${name} and ${name}_FILE: expected one of them; got both` };
  }
  const problem = (what: string) => ({ name, problem: `${name}_FILE: ${what}` });
  let text: string;
  try {
    // Files that people write end with a line break, which is no part of a secret.
    text = readFileSync(path, "utf8").replace(/[\r\n]+$/, "");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    return problem(
      `expected a file that this user can read; ${JSON.stringify(path)} can't be read (${reason})`,
    );
  }
  if (text === "") return problem(`expected a value in ${JSON.stringify(path)}; the file is empty`);
  if (text.length > fileCharactersMax) {
    return problem(
      `expected at most ${fileCharactersMax} characters in ${JSON.stringify(path)}; got ${text.length}`,
    );
  }
  return { name, value: text, isOfFile: true };
}

function describe(issue: z.core.$ZodIssue, ofFiles: ReadonlySet<string>): string {
  const name = String(issue.path[0]);
  const input = JSON.stringify(issue.input);
  // A password can also stand in an address that was put into the wrong setting, and in a file that was not meant.
  const isHidden = secrets.includes(name) || ofFiles.has(name) || /:.*@/.test(input);
  const came = isHidden ? "a value that is not shown here" : input;
  return `${ofFiles.has(name) ? `${name}_FILE` : name}: ${issue.message}; got ${came}`;
}

/** Settings that contradict each other, and settings that need another one. */
function contradictions(config: Readonly<Partial<Record<keyof Environment, string>>>): string[] {
  const problems: string[] = [];
  if (config.SMTP_URL !== undefined && addressProblem(config.SMTP_URL, smtpAddress) === undefined) {
    problems.push(...smtpAddressProblems(config.SMTP_URL).map((problem) => `SMTP_URL ${problem}`));
  }
  if (config.REDIS_URL !== undefined && config.REDIS_CLUSTER_NODES !== undefined) {
    problems.push("REDIS_URL and REDIS_CLUSTER_NODES: expected one of them; got both");
  }
  if (config.METRICS_PORT !== undefined && config.METRICS_PORT === (config.PORT ?? "3000")) {
    problems.push("METRICS_PORT and PORT: expected two ports; got one. Leave METRICS_PORT out");
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
