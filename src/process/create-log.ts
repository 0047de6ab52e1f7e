// The program's log: one JSON object a line.

import { type Logger, type LoggerOptions, pino } from "pino";
import type { Config } from "../config.ts";
import { explainStoreError } from "./explain-store-error.ts";
import { loggableError, loggableText } from "./loggable.ts";

/** What must never be written to a log, wherever it turns up. */
const redact = [
  "req.headers.authorization",
  "req.headers.cookie",
  "res.headers['set-cookie']",
  "*.password",
  "*.secret",
  "*.apiKey",
];

/** What of an error is written: `err` is an error, `error` the message of one. */
const serializers = {
  err: (thrown: unknown) => {
    const explained = explainStoreError(thrown);
    return { ...loggableError(thrown), ...(explained === undefined ? {} : { explained }) };
  },
  error: (message: unknown) => (typeof message === "string" ? loggableText(message) : message),
};

/** File descriptors that a log can go to. */
const descriptors = { stdout: 1, stderr: 2 };

/** Creates the log. A command that prints results on stdout has its log on stderr. */
export function createLog(
  level: Config["LOG_LEVEL"],
  to: keyof typeof descriptors = "stdout",
): Logger {
  return pino(logOptions(level), pino.destination(descriptors[to]));
}

/** What a log is made with, wherever it goes. */
export function logOptions(level: Config["LOG_LEVEL"]): LoggerOptions {
  return { name: "tallyman", level, redact, serializers };
}
