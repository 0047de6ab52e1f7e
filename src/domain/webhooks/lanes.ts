// The lanes of an endpoint while it is delivered to: what each has read, delivered, and waits for. Lanes that are at the
// same place read the feed together. One that fails, or is slow, leaves the others and reads by itself until it has
// caught up with them.

import type { LaneBehind, Progress } from "./endpoint.ts";

/** An event to deliver. Places are decimal text. */
type Placed = { readonly place: string };

/** A page of the feed to be read: after a place, for some lanes. */
export type LaneRead = { readonly after: string; readonly lanes: readonly number[] };

/** The lanes. Times are in milliseconds since 1970. */
export type Lanes<Event extends Placed> = {
  /** The page to read next, or null if no lane wants one: all have enough, wait, or have read up to `upTo`. */
  nextRead(upTo: string): LaneRead | null;
  /** Takes what was read: the events of the lanes, and where the page ended. */
  take(
    read: LaneRead,
    page: { readonly events: readonly Event[]; readonly place: string },
    laneOf: (event: Event) => number,
  ): void;
  /** The lanes that have something to deliver and deliver nothing. */
  ready(): readonly number[];
  /** Begins to deliver the next `most` events of a lane. */
  begin(lane: number, most: number): readonly Event[];
  /** What was begun is delivered. Returns at which attempt. */
  delivered(lane: number): number;
  /** What was begun has failed: the lane does no more until lanes are created anew. Returns how often it failed, and since when. */
  failed(lane: number, now: number, pauseMs: (attempts: number) => number): FailingLane;
  /** What was begun was broken off: it counts neither as delivered nor as failed. */
  brokenOff(lane: number): void;
  /** How far they have got. */
  progress(): LanesProgress;
};

/** A lane that has failed. */
export type FailingLane = { readonly attempts: number; readonly failingSince: number };

/** How far the lanes have got, and when there is something to do besides new events. */
export type LanesProgress = Progress & {
  /** The time of the next attempt; now if there are events that were not delivered; null if there is nothing. */
  readonly nextAt: number | null;
  /** Whether each lane waits for its next attempt, so that new events have to wait too. */
  readonly isBlocked: boolean;
};

type Lane<Event> = {
  /** Everything up to it is delivered. */
  place: bigint;
  /** Everything up to it is read: delivered, or in the queue. */
  readTo: bigint;
  queue: Event[];
  /** How many of the queue are being delivered. */
  begun: number;
  attempts: number;
  failingSince: number | null;
  nextAt: number | null;
  /** The number of the read that it last took part in. */
  lastRead: number;
};

/** A lane with so many events in its queue reads no more. */
const queueMax = 250;

/** Creates the lanes of an endpoint from how far it has got. `now` decides which failed lanes are tried again. */
export function createLanes<Event extends Placed>(
  { place, lanes: behind }: Progress,
  count: number,
  now: number,
): Lanes<Event> {
  const lanes = Array.from({ length: count }, (_, lane) =>
    startLane<Event>(
      place,
      behind.find((one) => one.lane === lane),
      now,
    ),
  );
  let reads = 0;
  const at = (lane: number): Lane<Event> => {
    const found = lanes[lane];
    if (found === undefined)
      throw new Error(`Expected a lane from 0 to ${count - 1}; got ${lane}.`);
    return found;
  };

  return {
    nextRead(upTo) {
      const end = BigInt(upTo);
      let hungriest: Lane<Event> | undefined;
      for (const lane of lanes) {
        if (lane.nextAt !== null || lane.queue.length > 0 || lane.readTo >= end) continue;
        if (hungriest === undefined || lane.lastRead < hungriest.lastRead) hungriest = lane;
      }
      if (hungriest === undefined) return null;
      const { readTo } = hungriest;
      const together = lanes.flatMap((lane, index) =>
        lane.readTo === readTo && lane.nextAt === null && lane.queue.length < queueMax
          ? [index]
          : [],
      );
      return { after: String(readTo), lanes: together };
    },
    take(read, page, laneOf) {
      reads += 1;
      const readers = new Set(read.lanes);
      for (const event of page.events) {
        const lane = laneOf(event);
        if (readers.has(lane)) at(lane).queue.push(event);
      }
      for (const lane of readers) {
        at(lane).readTo = BigInt(page.place);
        at(lane).lastRead = reads;
        settle(at(lane));
      }
    },
    ready: () =>
      lanes.flatMap((lane, index) =>
        lane.queue.length > 0 && lane.begun === 0 && lane.nextAt === null ? [index] : [],
      ),
    begin(index, most) {
      const lane = at(index);
      const events = lane.queue.slice(0, most);
      lane.begun = events.length;
      return events;
    },
    delivered(index) {
      const lane = at(index);
      const last = lane.queue[lane.begun - 1];
      if (last !== undefined) lane.place = BigInt(last.place);
      lane.queue.splice(0, lane.begun);
      const attempt = lane.attempts + 1;
      lane.begun = 0;
      lane.attempts = 0;
      lane.failingSince = null;
      settle(lane);
      return attempt;
    },
    failed(index, failedAt, pauseMs) {
      const lane = at(index);
      lane.attempts += 1;
      lane.failingSince ??= failedAt;
      lane.nextAt = failedAt + pauseMs(lane.attempts);
      lane.begun = 0;
      return { attempts: lane.attempts, failingSince: lane.failingSince };
    },
    brokenOff(index) {
      at(index).begun = 0;
    },
    progress() {
      const front = lanes.reduce((most, lane) => (lane.place > most ? lane.place : most), 0n);
      const isBehind = (lane: Lane<Event>) => lane.place < front || lane.attempts > 0;
      const times = lanes.flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]));
      const isUnfinished = lanes.some(
        (lane) => lane.nextAt === null && (lane.place < front || lane.queue.length > 0),
      );
      return {
        place: String(front),
        lanes: lanes.flatMap((lane, index) => (isBehind(lane) ? [behindOf(lane, index)] : [])),
        nextAt: isUnfinished ? 0 : times.length === 0 ? null : Math.min(...times),
        isBlocked: lanes.every(({ nextAt }) => nextAt !== null),
      };
    },
  };
}

/** A lane that has delivered all it has read is at the end of what it has read. */
function settle<Event>(lane: Lane<Event>): void {
  if (lane.queue.length === 0) lane.place = lane.readTo;
}

function startLane<Event>(place: string, behind: LaneBehind | undefined, now: number): Lane<Event> {
  const start = BigInt(behind?.place ?? place);
  const nextAt = behind?.nextAt === null || behind === undefined ? null : Date.parse(behind.nextAt);
  return {
    place: start,
    readTo: start,
    queue: [],
    begun: 0,
    attempts: behind?.attempts ?? 0,
    failingSince:
      behind?.failingSince === null || behind === undefined
        ? null
        : Date.parse(behind.failingSince),
    nextAt: nextAt !== null && nextAt <= now ? null : nextAt,
    lastRead: 0,
  };
}

function behindOf<Event>(lane: Lane<Event>, index: number): LaneBehind {
  const { attempts, failingSince, nextAt } = lane;
  return {
    lane: index,
    place: String(lane.place),
    attempts,
    failingSince: isoOrNull(failingSince),
    nextAt: isoOrNull(nextAt),
  };
}

const isoOrNull = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();
