// Puts virtual time, and ids that follow from the seed, in the place of Node's. While no run is active, everything is as
// Node has it. The code under test is not changed: it calls `setTimeout`, `performance.now` and so on as always.

import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";
import { createRandom, type Random } from "./random.ts";
import { type Lane, type Owner, type Scheduler, startOfTime, type Timer } from "./scheduler.ts";

/** What the patched functions use while a run is active. */
type Active = {
  readonly scheduler: Scheduler;
  readonly ids: Random;
  readonly loops: Map<Owner | null, Lane>;
};

let active: Active | undefined;

/** A timer or an immediate, as far as its callers use it. */
type Handle = { ref(): Handle; unref(): Handle; hasRef(): boolean; cancel(): void };

const handles = new WeakSet<object>();

function handle(cancel: () => void): Handle {
  const made: Handle = { ref: () => made, unref: () => made, hasRef: () => true, cancel };
  handles.add(made);
  return made;
}

const isHandle = (value: unknown): value is Handle =>
  typeof value === "object" && value !== null && handles.has(value);

type Callback = (...values: readonly unknown[]) => void;

/** Runs a simulation in virtual time. Only one can be active at a time. */
export async function inVirtualTime<T>(
  scheduler: Scheduler,
  seed: number,
  work: () => Promise<T>,
): Promise<T> {
  if (active !== undefined) throw new Error("Expected no other simulation to run; one does.");
  patchModules();
  const loops = new Map<Owner | null, Lane>();
  active = { scheduler, ids: createRandom(seed ^ 0x2545f491), loops };
  Object.assign(globalThis, virtualGlobals(active));
  Object.assign(performance, { now: scheduler.now });
  Object.assign(Math, { random: active.ids.next });
  try {
    return await work();
  } finally {
    active = undefined;
    Object.assign(globalThis, real.globals);
    Object.assign(performance, { now: real.now });
    Object.assign(Math, { random: real.random });
  }
}

const real = {
  globals: {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setImmediate: globalThis.setImmediate,
    clearImmediate: globalThis.clearImmediate,
    Date: globalThis.Date,
  },
  now: performance.now.bind(performance),
  random: Math.random,
};

function virtualGlobals(simulation: Active) {
  const { scheduler } = simulation;
  const cancel = (given: unknown): void => {
    if (isHandle(given)) given.cancel();
  };
  return {
    setTimeout: (callback: Callback, ms = 0, ...values: readonly unknown[]) =>
      startTimer(scheduler, () => callback(...values), ms),
    clearTimeout: cancel,
    setImmediate: (callback: Callback, ...values: readonly unknown[]) =>
      startImmediate(simulation, () => callback(...values)),
    clearImmediate: cancel,
    Date: virtualDate(() => startOfTime + Math.floor(scheduler.now())),
  };
}

function virtualDate(now: () => number): DateConstructor {
  return new Proxy(real.globals.Date, {
    construct: (target, values, newTarget) => {
      const made: object = Reflect.construct(
        target,
        values.length === 0 ? [now()] : values,
        newTarget,
      );
      return made;
    },
    get: (target, name, receiver) => {
      const property: unknown = name === "now" ? now : Reflect.get(target, name, receiver);
      return property;
    },
  });
}

function startTimer(scheduler: Scheduler, callback: () => void, ms: number): Handle {
  const timer: Timer = scheduler.addTimer(scheduler.current(), ms, callback);
  return handle(() => scheduler.removeTimer(timer));
}

function startImmediate({ scheduler, loops }: Active, callback: () => void): Handle {
  const owner = scheduler.current();
  const lane = loops.get(owner) ?? scheduler.lane(owner);
  loops.set(owner, lane);
  const task = { what: "goes on with what waited for its next turn", run: callback };
  lane.tasks.push(task);
  return handle(() => {
    const at = lane.tasks.indexOf(task);
    if (at >= 0) lane.tasks.splice(at, 1);
  });
}

let arePatched = false;

/** Patches what the code imports from Node's modules, once: this takes a while. Without a run it is as Node has it. */
function patchModules(): void {
  if (arePatched) return;
  arePatched = true;
  const sleep = timersPromises.setTimeout;
  const { randomBytes, randomUUID, randomUUIDv7 } = crypto;
  Object.assign(timersPromises, {
    setTimeout: (ms: number, value: unknown) => {
      if (active === undefined) return sleep(ms, value);
      const { scheduler } = active;
      return new Promise((resolve) => void startTimer(scheduler, () => resolve(value), ms));
    },
  });
  Object.assign(crypto, {
    randomBytes: (size: number, callback?: Parameters<typeof randomBytes>[1]) => {
      if (callback !== undefined) return randomBytes(size, callback);
      return active === undefined
        ? randomBytes(size)
        : Buffer.from(hexDigits(active.ids, size * 2), "hex");
    },
    randomUUID: () => (active === undefined ? randomUUID() : uuid(active.ids, "4")),
    randomUUIDv7: () => (active === undefined ? randomUUIDv7() : uuid(active.ids, "7")),
  });
  syncBuiltinESMExports();
}

function hexDigits(random: Random, count: number): string {
  let digits = "";
  while (digits.length < count) digits += random.whole(0, 15).toString(16);
  return digits;
}

/** A UUID of a version. */
function uuid(random: Random, version: "4" | "7"): string {
  const digits = hexDigits(random, 32);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${version}${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}
