// Starts and stops the PostgreSQL server process of one cluster.
import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isPostmaster, readPostmasterFile } from "./postmaster-file.ts";
import { surroundings } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

/** PostgreSQL's configuration parameters by name, as in postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

export interface Launch {
  readonly postgres: string;
  /** The cluster's real path. */
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  readonly settings: PostgresSettings;
  readonly logFile: string;
  /** The time of `Date.now()` at which the start fails. */
  readonly deadlineMs: number;
}

export type LaunchOutcome =
  | { readonly started: true; readonly pid: number }
  /** The start failed for a reason that the next attempt may not meet. `log` is the end of the server's log. */
  | { readonly started: false; readonly log: string };

/** The server's messages if its port is taken, or if another server or a dead one's memory is in its way. */
const passingFailures = [
  "could not create any TCP/IP sockets",
  "pre-existing shared memory block",
  'lock file "postmaster.pid" already exists',
];

const pollMs = 25;
const fastShutdownMs = 20_000;
const immediateShutdownMs = 10_000;

/**
 * Starts a server on `port` of 127.0.0.1 and waits until it accepts connections. The server has a session of its own,
 * so neither Ctrl-C nor the end of this process stops it, and it does not keep this process alive. Rejects with the end
 * of the server's log if another attempt would not help.
 */
export async function launchPostmaster(launch: Launch, port: number): Promise<LaunchOutcome> {
  const settings = {
    ...launch.settings,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await open(launch.logFile, "w", 0o600);
  const child = spawn(launch.postgres, ["-D", launch.cluster, ...args], {
    ...surroundings(launch.user),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  let failure: Error | undefined;
  child.on("error", (error) => (failure = error));
  child.unref();
  await log.close();

  while (Date.now() < launch.deadlineMs) {
    const file = await readPostmasterFile(launch.cluster);
    if (child.pid !== undefined && file?.pid === child.pid && file.ready) {
      return { started: true, pid: child.pid };
    }
    if (failure !== undefined || child.exitCode !== null || child.signalCode !== null) {
      const end = await endOfLog(launch.logFile);
      if (passingFailures.some((message) => end.includes(message))) {
        return { started: false, log: end };
      }
      throw new Error(
        `PostgreSQL did not start on ${launch.cluster}: correct what it names, and start again. ` +
          `Its log ${launch.logFile} ends with:\n${end}`,
        { cause: failure },
      );
    }
    await sleep(pollMs);
  }
  child.kill("SIGQUIT");
  throw new Error(
    `PostgreSQL on ${launch.cluster} did not accept connections in time. Look for a slow or full disk, ` +
      `and start again. Its log ${launch.logFile} ends with:\n${await endOfLog(launch.logFile)}`,
  );
}

/**
 * Stops the server `pid` of `cluster` and resolves when it is gone. It rolls back open transactions and writes
 * everything (a fast shutdown). If that takes more than 20 seconds, the server is stopped at once. That loses nothing,
 * but the next start is a recovery. Rejects if the server runs 10 seconds later.
 */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", fastShutdownMs],
    ["SIGQUIT", immediateShutdownMs],
  ] as const) {
    // If the server died, another program may have its pid. That one must not get the signal.
    if (!(await isPostmaster(pid, cluster))) return;
    sendSignal(pid, signal);
    const deadlineMs = Date.now() + waitMs;
    while (Date.now() < deadlineMs) {
      if (!(await isPostmaster(pid, cluster))) return;
      await sleep(pollMs);
    }
  }
  throw new Error(
    `PostgreSQL (pid ${pid}) on ${cluster} did not stop when it was told to. ` +
      "Find out what keeps it, and end it with `kill -9` if nothing else helps.",
  );
}

/** The last 15 lines of the server's log, for an error message. */
export async function endOfLog(logFile: string): Promise<string> {
  const text = await readFile(logFile, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-15).join("\n") || "(nothing)";
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
