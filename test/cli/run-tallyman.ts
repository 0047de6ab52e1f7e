// Runs the command as its users do: what `npm run build` made of it, as a process of its own, with an environment
// of its own.

import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { dist } from "../support/built.ts";

const built = fileURLToPath(new URL("cli/tallyman.js", dist));

/** Nothing else of the tests' own environment: the one is needed to start, the other makes the start quick. */
const { NODE_COMPILE_CACHE } = process.env;

/** How a command ended. A code is null where a signal ended it. */
export type Ended = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A command that runs. */
export type RunningCommand = {
  /** Resolves with the text of both outputs once they match; rejects where the command ends before that. */
  until(pattern: RegExp): Promise<string>;
  /** Stops reading its standard output, as `| true` does. */
  closeOutput(): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
};

/**
 * Starts `tallyman` with nothing in its environment but what is given. It is killed with the test. `program` is that of
 * another version.
 */
export function runTallyman(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  {
    program = built,
    ...options
  }: Pick<SpawnOptions, "uid" | "gid"> & { readonly program?: string | undefined } = {},
): RunningCommand {
  const child = spawn(process.execPath, [program, ...args], {
    ...options,
    env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  let exited = false;
  let onOutput: () => void = () => undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    onOutput();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    onOutput();
  });
  const ended = once(child, "close").then((): Ended => {
    exited = true;
    onOutput();
    return { code: child.exitCode, stdout, stderr };
  });
  return {
    ended,
    closeOutput: () => void child.stdout.destroy(),
    kill: (signal) => void child.kill(signal),
    until: (pattern) =>
      new Promise((resolve, reject) => {
        onOutput = () => {
          const text = `${stdout}\n${stderr}`;
          if (pattern.test(text)) resolve(text);
          else if (exited) reject(new Error(`It ended without ${String(pattern)}:\n${text}`));
        };
        onOutput();
      }),
  };
}
