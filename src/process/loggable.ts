// What a log may show of an error. Libraries put all kinds of things on their errors: ioredis the command with its
// arguments, among them the password; others a whole script, a configuration, or a customer's row. So what is shown is
// a list of known fields, and nothing else.

/** An error as the log shows it. */
export type LoggableError = {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: LoggableError;
  readonly aggregateErrors?: readonly LoggableError[];
  readonly [field: string]: unknown;
};

/** How much of an error is shown: characters of a message and of a stack's calls, a chain of causes, parts. */
const limits = { message: 1_000, calls: 2_000, depth: 3, parts: 3 };

/** Characters of a message that are looked at. What lies behind them is not shown in any case. */
const readCharacters = 8_000;

/**
 * Fields that only ever say which kind of error it is: codes of the system, of SQL, HTTP and SMTP, and the names that
 * a schema has for what was violated. None of them holds what somebody typed.
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

/** What the log shows of whatever was thrown. */
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

/** A text without the logins of the addresses in it, and not longer than a log's reader wants. */
export function loggableText(text: string): string {
  const shown = withoutSecrets(text.slice(0, readCharacters));
  if (shown.length <= limits.message) return shown;
  return `${shown.slice(0, limits.message)}… (${text.length} characters)`;
}

/** Where libraries write values into their messages: each pattern, and what stands there instead. */
const valuesInMessages: readonly (readonly [RegExp, string])[] = [
  // The login of an address.
  [/(\/\/)[^\s"'`/:@]*:[^\s"'`]*@/g, "$1[hidden]@"],
  [/([?&](?:password|sslpassword)=)[^\s"'`&]*/gi, "$1[hidden]"],
  // Redis, of a command that it does not know: older ones do not know HELLO, which carries the password.
  [/(with args beginning with:)[^]*/gi, "$1 [hidden]"],
  // PostgreSQL, of a row that breaks a rule.
  [/(Failing row contains) [^]*/g, "$1 [hidden]"],
  [/(Key \(.*?\)=)[^]*/g, "$1[hidden]"],
  // MikroORM, of an entity that lacks something.
  [/\nentity: [^]*/g, ""],
];

/** Hides passwords, and the rows that stores show in their messages. */
export function withoutSecrets(text: string): string {
  return valuesInMessages.reduce(
    (shown, [pattern, instead]) => shown.replaceAll(pattern, instead),
    text,
  );
}

/** Of what is thrown without being an error: the text, or its message, or else its kind alone. */
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

/** The causes, and of the error that is logged itself its parts. */
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

/** Why it happened: the cause, or what ioredis keeps of the last node of a cluster that it asked. */
function reasonOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  return "lastNodeError" in error ? error.lastNodeError : undefined;
}
