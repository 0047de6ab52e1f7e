#!/usr/bin/env node
// The operator's program: `npx tallyman <command>`. It reads the command line and runs the command.

import { ConfigError } from "../config.ts";
import { version } from "../process/version.ts";
import { exitCodes } from "./command.ts";
import { runCommandLine } from "./command-line.ts";
// Each command is imported when it runs, so that help and errors of the command line come at once.
import { commands } from "./commands.ts";
import { Interrupted } from "./interruption.ts";
import { OperatorError, UsageError } from "./operator-error.ts";
import { reportLostOutput } from "./lost-output.ts";

/** As a shell has them for a program that a signal ended. */
const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The least version of Node. It is a dependency of the project, so npm's scripts and npx use it. */
const nodeMajor = 24;

reportLostOutput();
try {
  if (Number.parseInt(process.versions.node, 10) < nodeMajor) {
    throw new OperatorError(
      `Expected Node ${nodeMajor} or later; this is ${process.versions.node}. Run \`npx tallyman\` in the project's folder: it uses the project's own Node.`,
    );
  }
  const words = process.argv.slice(2);
  const { exitCode } = await runCommandLine(commands, words, process.env, version);
  // It is set already if the output was lost.
  process.exitCode ??= exitCode;
} catch (error) {
  process.stderr.write(`${await messageOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof Interrupted) return signalCodes[error.signal];
  return error instanceof UsageError ? exitCodes.wrongUsage : exitCodes.failed;
}

async function messageOf(error: unknown): Promise<string> {
  const isForOperator = [OperatorError, Interrupted, ConfigError].some(
    (kind) => error instanceof kind,
  );
  if (isForOperator && error instanceof Error) return error.message;
  const { explain } = await import("../process/run.ts");
  return explain(error, "The command failed");
}
