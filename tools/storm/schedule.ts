// When which fault comes: a pure function of the seed, so that a storm that found something can be made again.

import { createRandom } from "../random.ts";
import {
  type FaultKind,
  fleet,
  type Lane,
  otherLanes,
  processLane,
  secondStrike,
  type StormQueue,
} from "./faults.ts";

/** One fault. Times are in milliseconds, `atMs` from the storm's begin. */
export type Fault = {
  readonly kind: FaultKind;
  readonly atMs: number;
  readonly durationMs: number;
  /** The process that it strikes, by its place in the fleet. Faults of stores and requests ignore it. */
  readonly place: number;
  /** A number from 0 to 999,999 for what else is to be chosen. */
  readonly roll: number;
};

/** What a schedule follows from. */
export type StormPlan = {
  readonly seed: number;
  readonly minutes: number;
  readonly queue: StormQueue;
};

type Random = () => number;
const from = (random: Random, [low, high]: readonly [number, number]): number =>
  Math.round(low + random() * (high - low));
const below = (random: Random, end: number): number => Math.floor(random() * end);

/**
 * All faults of a storm, in the order in which they come. Each has ended when the storm ends. In each minute each kind
 * comes at least once.
 */
export function planStorm({ seed, minutes, queue }: StormPlan): Fault[] {
  const endMs = minutes * 60_000;
  const lanes = otherLanes(queue).map((lane, index) =>
    planLane(lane, createRandom(seed * 101 + index + 1), endMs),
  );
  const strikes = planLane(processLane, createRandom(seed * 101), endMs);
  const seconds = strikes.flatMap(secondOf);
  return [strikes, seconds, ...lanes].flat().toSorted((a, b) => a.atMs - b.atMs);
}

function planLane(lane: Lane, random: Random, endMs: number): Fault[] {
  const faults: Fault[] = [];
  let deck: readonly FaultKind[] = [];
  let atMs = from(random, lane.pause);
  for (;;) {
    if (deck.length === 0) deck = shuffled(lane.kinds, random);
    const [kind, ...rest] = deck;
    const durationMs = from(random, lane.lasts);
    if (kind === undefined || atMs + durationMs >= endMs) return faults;
    const struck = below(random, fleet.length);
    // A clock is off on one worker alone.
    const place = kind === "clock off" ? fleet.length - 1 : struck;
    faults.push({ kind, atMs, durationMs, place, roll: below(random, 1_000_000) });
    deck = rest;
    atMs += durationMs + from(random, lane.pause);
  }
}

function shuffled<Card>(cards: readonly Card[], random: Random): Card[] {
  return cards
    .map((card) => ({ card, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ card }) => card);
}

/** Sometimes a second process is struck with the first, in the same way. */
function secondOf(first: Fault): Fault[] {
  if (first.roll >= secondStrike * 1_000_000 || first.kind === "clock off") return [];
  const place = (first.place + 1 + (first.roll % (fleet.length - 1))) % fleet.length;
  return [{ ...first, place, roll: 999_999 - first.roll }];
}
