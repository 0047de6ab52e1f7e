// The deterministic scheduler. Whatever may happen next stands in a lane: a message that arrives, a callback of an event
// loop, a fault. Each step takes the first task of one lane, which the seed chooses. Time moves only if no lane has a task.

import type { Random } from "./random.ts";

const nextTurn = setImmediate;

/** A simulated process, or null for what belongs to none: the stores, the network, the clients. */
export type Owner = {
  readonly name: string;
  isDead: boolean;
  /** Until when it runs nothing, in milliseconds of virtual time. */
  frozenUntil: number;
};

/** Something that may happen. `what` says it in plain words. */
export type Task = { readonly what: string; readonly run: () => void };

/** Tasks that happen one after the other, as on a connection. A paused lane waits for a lock. */
export type Lane = {
  readonly owner: Owner | null;
  readonly weight: number;
  readonly tasks: Task[];
  isPaused: boolean;
};

/** A timer. */
export type Timer = { readonly at: number; readonly owner: Owner | null; readonly run: () => void };

/** How a run ended: `done`, `late` (its time was over), or `stuck` (nothing can happen any more, or too much did). */
export type RunEnd = "done" | "late" | "stuck";

/** A scheduler. */
export type Scheduler = ReturnType<typeof createScheduler>;

/** The steps of one run at most. */
const stepsMax = 60_000;

/** When each run begins, in milliseconds since 1970. */
export const startOfTime = Date.UTC(2026, 0, 1);

/** How often lanes of each kind are chosen. A slow lane makes what is rare on a fast network likely. */
const weights = [1, 1, 1, 0.3, 0.05];

/** Creates a scheduler. `keepsTrace`: whether it keeps the words of all steps. */
export function createScheduler(random: Random, keepsTrace: boolean) {
  const lanes = new Set<Lane>();
  const timers = new Set<Timer>();
  const trace: string[] = [];
  // On a slow machine a time limit may pass although something else could happen.
  const earlyTimers = random.chance(0.3) ? 0.01 : 0;
  const atSteps: { readonly step: number; readonly run: () => void }[] = [];
  let now = 0;
  let steps = 0;
  let digest = 0;
  let current: Owner | null = null;

  const lane = (owner: Owner | null): Lane => {
    const created = { owner, weight: random.pick(weights), tasks: [], isPaused: false };
    lanes.add(created);
    return created;
  };

  const note = (what: string): void => {
    for (let at = 0; at < what.length; at += 1) digest = (digest * 31 + what.charCodeAt(at)) | 0;
    if (keepsTrace) trace.push(`${(now / 1000).toFixed(3).padStart(8)} s  ${what}`);
  };

  const addTimer = (owner: Owner | null, ms: number, run: () => void): Timer => {
    const timer = { at: now + Math.max(1, ms), owner, run };
    timers.add(timer);
    return timer;
  };

  const isAsleep = (owner: Owner | null): boolean => owner !== null && owner.frozenUntil > now;

  const pickLane = (): Lane | undefined => {
    let total = 0;
    const ready: Lane[] = [];
    for (const candidate of lanes) {
      if (candidate.owner?.isDead === true) lanes.delete(candidate);
      else if (candidate.tasks.length > 0 && !candidate.isPaused && !isAsleep(candidate.owner)) {
        ready.push(candidate);
        total += candidate.weight;
      }
    }
    let left = ready.length > 1 ? random.next() * total : 0;
    return ready.find((candidate) => (left -= candidate.weight) < 0) ?? ready[0];
  };

  const dueAt = ({ at, owner }: Timer): number => Math.max(at, owner?.frozenUntil ?? 0);

  const nextTimer = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.owner?.isDead === true) timers.delete(timer);
      else if (first === undefined || dueAt(timer) < dueAt(first)) first = timer;
    }
    return first;
  };

  const fire = (timer: Timer): void => {
    timers.delete(timer);
    now = Math.max(now, dueAt(timer));
    current = timer.owner;
    timer.run();
  };

  /** Runs until `isDone`, which is asked whenever nothing can happen at the moment, or until the time `until`. */
  const run = async (isDone: () => boolean, until: number): Promise<RunEnd> => {
    for (;;) {
      // All that follows from the last step without waiting happens before the next one.
      await new Promise<void>((resolve) => void nextTurn(resolve));
      steps += 1;
      current = null;
      for (const { step, run: act } of atSteps) if (step === steps) act();
      const ready = pickLane();
      const timer = ready === undefined || random.chance(earlyTimers) ? nextTimer() : undefined;
      if (ready === undefined && isDone()) return "done";
      if (steps > stepsMax || (ready === undefined && timer === undefined)) return "stuck";
      if (timer !== undefined) {
        if (dueAt(timer) > until) return "late";
        fire(timer);
        continue;
      }
      const task = ready?.tasks.shift();
      if (ready === undefined || task === undefined) continue;
      current = ready.owner;
      note(`${current === null ? "" : `${current.name}: `}${task.what}`);
      task.run();
    }
  };

  return {
    random,
    trace,
    lane,
    note,
    run,
    addTimer,
    /** Runs something at a step of the run, if it has so many. */
    atStep: (step: number, act: () => void) => void atSteps.push({ step, run: act }),
    removeTimer: (timer: Timer) => void timers.delete(timer),
    removeLane: (closed: Lane) => void lanes.delete(closed),
    /** Milliseconds since the run began. */
    now: () => now,
    /** The process whose code runs now. */
    current: () => current,
    /** Runs code as that of a process. */
    within<T>(owner: Owner | null, code: () => T): T {
      const before = current;
      current = owner;
      try {
        return code();
      } finally {
        current = before;
      }
    },
    /** Tells two runs apart: how many steps they had, and which. */
    fingerprint: () => `${steps}/${digest}`,
    steps: () => steps,
  };
}
