// The program's log: one JSON object a line.

import { type Logger, type LoggerOptions, pino } from "pino";
import type { Config } from "../config.ts";
import { currentRequestId } from "../db/request-scope.ts";
import { explainStoreError } from "./explain-store-error.ts";
import { loggableError, loggableText } from "./loggable.ts";

/** Fields that must never appear in a log. */
const redact = [
  "req.headers.authorization",
  "req.headers.cookie",
  "res.headers['set-cookie']",
  "*.password",
  "*.secret",
  "*.apiKey",
];

/** How errors are written: `err` is an error, `error` the message of one. */
const serializers = {
  err: (thrown: unknown) => {
    const explained = explainStoreError(thrown);
    return { ...loggableError(thrown), ...(explained === undefined ? {} : { explained }) };
  },
  error: (message: unknown) => (typeof message === "string" ? loggableText(message) : message),
};

/** What each line has besides its own fields: the id of the request that it belongs to, if it does. */
function mixin(): object {
  const requestId = currentRequestId();
  return requestId === null ? {} : { requestId };
}

/** The file descriptors of a log. */
const descriptors = { stdout: 1, stderr: 2 };

/** Creates the log. A command prints its results on stdout, so its log goes to stderr. */
export function createLog(
  level: Config["LOG_LEVEL"],
  to: keyof typeof descriptors = "stdout",
): Logger {
  return pino(logOptions(level), pino.destination(descriptors[to]));
}

/** The options of every log. */
export function logOptions(level: Config["LOG_LEVEL"]): LoggerOptions {
  return { name: "tallyman", level, redact, serializers, mixin };
}
