// Keeps the processes of a storm running, as a supervisor does in production: one that ended is started again after a
// second. It knows which ends were asked for.

import { setTimeout as sleep } from "node:timers/promises";
import type { Lab } from "../lab/lab.ts";
import type { Program, ProgramOptions, ProgramRole } from "../lab/program.ts";

/** How a process is to be started the next time. */
export type Special = Pick<ProgramOptions, "killPoint" | "preload">;

/** An end of a process. `cause` says what was asked of it; null: nothing. */
export type Exit = {
  readonly role: ProgramRole;
  readonly cause: string | null;
  readonly how: string;
};

/** A start that failed. Times are in milliseconds since 1970. */
export type FailedStart = {
  readonly role: ProgramRole;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly message: string;
};

/** The processes of a storm. A place without a running process is null. */
export type Crew = {
  at(place: number): Program | null;
  /**
   * SIGKILL. `special` is for the process that takes the place then. Returns false and does nothing if there is no
   * process, or no other of its role.
   */
  kill(place: number, special?: Special): boolean;
  /** SIGTERM. Returns false and does nothing like `kill`, and also if it was told to end before. */
  terminate(place: number): boolean;
  readonly exits: readonly Exit[];
  readonly failedStarts: readonly FailedStart[];
  /** How long each stop took, in milliseconds. */
  readonly stopsMs: readonly number[];
  /** Replaces special processes by plain ones, and resolves when each place has one. From then on none is replaced. */
  settle(): Promise<void>;
};

type Place = {
  readonly role: ProgramRole;
  program: Program | null;
  isSpecial: boolean;
  next: Special;
  asked: string | null;
};

const restartMs = 1_000;

/** Returns false if no process runs. */
function kill(place: Place, special: Special = {}): boolean {
  if (place.program === null) return false;
  place.next = special;
  place.asked = "SIGKILL";
  void place.program.kill();
  return true;
}

/** Starts a process for each role, and keeps it running. Resolves when each runs. */
export async function startCrew(lab: Lab, roles: readonly ProgramRole[]): Promise<Crew> {
  const places = roles.map((role): Place => ({
    role,
    program: null,
    isSpecial: false,
    next: {},
    asked: null,
  }));
  const exits: Exit[] = [];
  const failedStarts: FailedStart[] = [];
  const stopsMs: number[] = [];
  let isSettled = false;

  const runOnce = async (place: Place): Promise<void> => {
    const { role, next } = place;
    const startedAt = Date.now();
    place.next = {};
    place.asked = null;
    let program: Program;
    try {
      program = await lab.start(role, next);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failedStarts.push({ role, startedAt, endedAt: Date.now(), message });
      return;
    }
    // The database may have moved while it started.
    program.database.leadTo(lab.postgres.url());
    if (lab.redis !== null) program.redis?.leadTo(lab.redis.url());
    place.program = program;
    place.isSpecial = next.killPoint !== undefined || next.preload !== undefined;
    const { code, signal } = await program.ended;
    place.program = null;
    if (isSettled && code === 0) return;
    const reached =
      signal === "SIGKILL" && place.asked !== "SIGKILL" ? next.killPoint?.name : undefined;
    const cause = reached === undefined ? place.asked : `kill point ${reached}`;
    exits.push({ role, cause, how: `${code ?? signal}` });
  };
  const keep = async (place: Place): Promise<void> => {
    while (!isSettled) {
      await runOnce(place);
      if (!isSettled) await sleep(restartMs);
    }
  };
  const allRun = async (): Promise<void> => {
    while (places.some(({ program }) => program === null)) await sleep(20);
  };
  /** Whether a process takes requests or jobs without this one. A slow machine starts them slower than a storm kills. */
  const isSpare = (place: Place): boolean =>
    places.some(
      (other) =>
        other !== place &&
        other.role === place.role &&
        other.program !== null &&
        other.asked === null,
    );

  for (const place of places) void keep(place);
  await allRun();
  return {
    at: (index) => places[index]?.program ?? null,
    kill(index, special) {
      const place = places[index];
      return place !== undefined && isSpare(place) && kill(place, special);
    },
    terminate(index) {
      const place = places[index];
      if (place === undefined || place.program === null || place.asked !== null) return false;
      if (!isSpare(place)) return false;
      place.asked = "SIGTERM";
      void place.program.terminate().then(({ ms }) => stopsMs.push(ms));
      return true;
    },
    exits,
    failedStarts,
    stopsMs,
    async settle() {
      while (
        places.some(
          ({ program, asked, isSpecial }) => program === null || asked !== null || isSpecial,
        )
      ) {
        // One that was being started may turn out to be special, and wait for a kill point that nobody reaches any more.
        for (const place of places) if (place.isSpecial && place.asked === null) kill(place);
        await sleep(20);
      }
      isSettled = true;
    },
  };
}
