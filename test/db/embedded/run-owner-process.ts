// Runs owner-process.ts as a process that a test can kill.
import { spawn } from "node:child_process";
import type { SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";

const Started = z.object({
  url: z.string(),
  pid: z.number(),
  port: z.number(),
  owned: z.boolean(),
});

export interface OwnerProcess {
  readonly pid: number;
  /** What it said about its server. Rejects with its standard error where it said nothing. */
  readonly started: Promise<z.infer<typeof Started>>;
  /** Ends its standard input, which makes it stop its server, and resolves with its exit code. */
  finish(): Promise<number | null>;
  kill(): Promise<void>;
}

export function runOwnerProcess(
  dataDir: string,
  manner = "stay",
  options: Pick<SpawnOptions, "uid" | "gid" | "detached"> = {},
): OwnerProcess {
  const program = fileURLToPath(new URL("owner-process.ts", import.meta.url));
  const child = spawn(process.execPath, [program, dataDir, manner], { ...options, stdio: "pipe" });
  const exit = once(child, "exit");
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const started = readStarted();
  // A test may well kill the process before it says anything.
  started.catch(() => undefined);
  onTestFinished(() => void child.kill("SIGKILL"));

  async function readStarted() {
    for await (const line of createInterface(child.stdout)) return Started.parse(JSON.parse(line));
    throw new Error(`owner-process.ts said nothing. Its standard error:\n${complaint}`);
  }
  if (child.pid === undefined) throw new Error("owner-process.ts could not be spawned.");
  return {
    pid: child.pid,
    started,
    finish: async () => {
      child.stdin.end();
      await exit;
      return child.exitCode;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exit;
    },
  };
}
