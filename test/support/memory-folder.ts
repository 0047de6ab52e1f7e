// Puts what the tests write into memory if the machine has room. On a disk, two fifths of a run's processor time went
// into making and deleting the files of databases; in memory a clone of one costs a twentieth.

import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { freemem } from "node:os";

/** Linux's folder in memory. */
const memory = "/dev/shm";

/** A run keeps less than 1 GiB. The rest is for the programs that it starts, and for whatever else the machine does. */
const bytesNeeded = 4 * 1024 ** 3;

/**
 * Lets this process and those that it starts have their temporary folders in memory. It does nothing if TMPDIR is set,
 * or if there is no such folder, too little room, or no right to start a program from there, as tests do.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env["TMPDIR"] === undefined && hasRoom()) process.env["TMPDIR"] = memory;
}

function hasRoom(): boolean {
  try {
    accessSync(memory, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, freemem()) > bytesNeeded && !refusesPrograms();
  } catch {
    return false;
  }
}

/** Whether the folder is mounted with `noexec`, as in most containers. */
function refusesPrograms(): boolean {
  return readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .some(
      ([, folder, , options = ""]) => folder === memory && options.split(",").includes("noexec"),
    );
}
