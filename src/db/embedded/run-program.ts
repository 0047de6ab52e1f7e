// Runs a short program to its end, as the server's user if there is one. initdb and the check of the binaries get the
// same environment as the server itself.
import { execFile } from "node:child_process";
import type { ServerUser } from "./server-user.ts";

export interface ProgramOutcome {
  readonly succeeded: boolean;
  /** Standard output, then standard error. If the program could not be started, the reason. */
  readonly output: string;
}

/**
 * The options of every PostgreSQL program. The working directory is `/`, which every user can enter and which keeps no
 * other folder busy. The environment is nearly empty, so that the programs get neither PGDATA and similar variables nor
 * the store's secrets. Messages are in English, because their text decides whether a start is tried again.
 */
export function surroundings(user: ServerUser | undefined) {
  return {
    cwd: "/",
    env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    ...(user && { uid: user.uid, gid: user.gid }),
  };
}

/** Runs `file` with `args` and resolves with its outcome. Never rejects. Ends the program after 2 minutes. */
export function runProgram(
  file: string,
  args: readonly string[],
  user: ServerUser | undefined,
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const options = { ...surroundings(user), timeout: 120_000, encoding: "utf8" as const };
    execFile(file, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ succeeded: error === null, output: output || (error?.message ?? "") });
    });
  });
}
