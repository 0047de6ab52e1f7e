// The program's log: one JSON object a line.

import { type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** What must never be written to a log, wherever it turns up. */
const redact = [
  "req.headers.authorization",
  "req.headers.cookie",
  "res.headers['set-cookie']",
  "*.password",
  "*.secret",
  "*.apiKey",
];

/** File descriptors that a log can go to. */
const descriptors = { stdout: 1, stderr: 2 };

/** Creates the log. A command that prints results on stdout has its log on stderr. */
export function createLog(
  level: Config["LOG_LEVEL"],
  to: keyof typeof descriptors = "stdout",
): Logger {
  return pino({ name: "tallyman", level, redact }, pino.destination(descriptors[to]));
}
