// What a log may show of an error. Libraries put secrets on their errors: ioredis adds the command with its arguments,
// among them the password; others add a script, a configuration or a customer's row. So a log shows known fields only.

/** An error as the log shows it. */
export type LoggableError = {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: LoggableError;
  readonly aggregateErrors?: readonly LoggableError[];
  readonly [field: string]: unknown;
};

/** The most of an error that is shown: characters of message and stack, causes in a row, errors of an aggregate. */
const limits = { message: 1_000, calls: 2_000, depth: 3, parts: 3 };

/** Characters of a message that are searched for secrets. The rest is never shown. */
const readCharacters = 8_000;

/**
 * Fields that only classify the error: codes of the system, SQL, HTTP and SMTP, and names from the schema. None of
 * them holds a user's input.
 */
const plainFields = [
  "code",
  "errno",
  "syscall",
  "status",
  "statusCode",
  "responseCode",
  "severity",
  "table",
  "constraint",
  "routine",
] as const;

/** What the log shows of a thrown value, which need not be an error. */
export function loggableError(thrown: unknown, depth = 1): LoggableError {
  if (!(thrown instanceof Error)) {
    return { type: typeof thrown, message: loggableText(describe(thrown)), stack: "" };
  }
  const type = thrown.constructor.name || thrown.name;
  const message = loggableText(thrown.message);
  const calls = /\n {4}at .*/s.exec(thrown.stack ?? "")?.[0].slice(0, limits.calls) ?? "";
  return {
    type,
    message,
    stack: `${type}: ${message}${withoutSecrets(calls)}`,
    ...plainFieldsOf(thrown),
    ...(depth < limits.depth ? innerErrors(thrown, depth) : {}),
  };
}

/** A text without the secrets in it, cut to 1,000 characters. */
export function loggableText(text: string): string {
  const shown = withoutSecrets(text.slice(0, readCharacters));
  if (shown.length <= limits.message) return shown;
  return `${shown.slice(0, limits.message)}… (${text.length} characters)`;
}

/** Patterns of values that libraries write into their messages, each with its replacement. */
const valuesInMessages: readonly (readonly [RegExp, string])[] = [
  // User and password of an address.
  [/(\/\/)[^\s"'`/:@]*:[^\s"'`]*@/g, "$1[hidden]@"],
  [/([?&](?:password|sslpassword)=)[^\s"'`&]*/gi, "$1[hidden]"],
  // Redis's error for an unknown command. Old versions do not know HELLO, which carries the password.
  [/(with args beginning with:)[^]*/gi, "$1 [hidden]"],
  // PostgreSQL's error for a row that breaks a constraint.
  [/(Failing row contains) [^]*/g, "$1 [hidden]"],
  [/(Key \(.*?\)=)[^]*/g, "$1[hidden]"],
  // MikroORM's error for an entity that lacks a value.
  [/\nentity: [^]*/g, ""],
];

/** Hides passwords, and the rows that databases show in their messages. */
export function withoutSecrets(text: string): string {
  return valuesInMessages.reduce(
    (shown, [pattern, instead]) => shown.replaceAll(pattern, instead),
    text,
  );
}

/** A thrown value that is no error, as text: itself, its message, or only its type. */
function describe(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  const hasMessage = typeof thrown === "object" && thrown !== null && "message" in thrown;
  if (hasMessage && typeof thrown.message === "string") return thrown.message;
  return `no error, but ${thrown === null ? "null" : typeof thrown}`;
}

function plainFieldsOf(error: Error): Readonly<Record<string, string | number>> {
  const own = new Map<string, unknown>(Object.entries(error));
  const shown: Record<string, string | number> = {};
  for (const field of plainFields) {
    const value = own.get(field);
    if (typeof value === "number") shown[field] = value;
    if (typeof value === "string") shown[field] = withoutSecrets(value).slice(0, 100);
  }
  return shown;
}

/** The error's cause, and its parts if it is an aggregate at the top. */
function innerErrors(error: Error, depth: number): Partial<LoggableError> {
  const reason = reasonOf(error);
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  return {
    ...(reason === undefined ? {} : { cause: loggableError(reason, depth + 1) }),
    ...(parts.length === 0 || depth > 1
      ? {}
      : { aggregateErrors: parts.slice(0, limits.parts).map((part) => loggableError(part, 2)) }),
  };
}

/** The cause of an error, or the last error of a cluster's node, which ioredis keeps in a field of its own. */
function reasonOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  return "lastNodeError" in error ? error.lastNodeError : undefined;
}
