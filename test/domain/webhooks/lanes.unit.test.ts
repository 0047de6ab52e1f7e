import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/domain/webhooks/endpoint.ts";
import { createLanes, type Lanes } from "../../../src/domain/webhooks/lanes.ts";

type Event = { readonly place: string; readonly lane: number };

const start: Progress = { place: "0", lanes: [] };
const laneOf = ({ lane }: Event): number => lane;

/** Events at places 1, 2, 3..., one for each lane that is given. */
const feedOf = (lanes: readonly number[]): Event[] =>
  lanes.map((lane, index) => ({ place: String(index + 1), lane }));

/** Reads a page as the feed does. */
function pageOf(feed: readonly Event[], after: string, upTo: string, limit: number) {
  const found = feed.filter(
    ({ place }) => Number(place) > Number(after) && Number(place) <= Number(upTo),
  );
  const events = found.slice(0, limit);
  return { events, place: found.length > limit ? (events.at(-1)?.place ?? upTo) : upTo };
}

/** Reads and delivers whatever can be, until nothing is left to do. */
function deliverAll(
  lanes: Lanes<Event>,
  feed: readonly Event[],
  deliver: (event: Event) => boolean,
): void {
  const upTo = String(feed.length);
  for (;;) {
    const read = lanes.nextRead(upTo);
    if (read !== null) lanes.take(read, pageOf(feed, read.after, upTo, 3), laneOf);
    const ready = lanes.ready();
    for (const lane of ready) {
      const [event] = lanes.begin(lane, 1);
      if (event !== undefined && deliver(event)) lanes.delivered(lane);
      else lanes.failed(lane, 1_000, () => 5_000);
    }
    if (read === null && ready.length === 0) return;
  }
}

describe("lanes", () => {
  it("deliver each event once, and are at the end then", () => {
    const feed = feedOf([0, 1, 1, 2, 0, 2, 1]);
    const got: string[] = [];
    const lanes = createLanes<Event>(start, 3, 0);
    deliverAll(lanes, feed, ({ place }) => got.push(place) > 0);
    expect(got.map(Number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(lanes.progress()).toEqual({ place: "7", lanes: [], nextAt: null, isBlocked: false });
  });

  it("go on when one fails: it keeps its place, and waits", () => {
    const feed = feedOf([0, 1, 1, 0, 1]);
    const lanes = createLanes<Event>(start, 2, 0);
    deliverAll(lanes, feed, ({ lane }) => lane === 0);
    expect(lanes.progress()).toEqual({
      place: "5",
      lanes: [
        {
          lane: 1,
          place: "0",
          attempts: 1,
          failingSince: "1970-01-01T00:00:01.000Z",
          nextAt: "1970-01-01T00:00:06.000Z",
        },
      ],
      nextAt: 6_000,
      isBlocked: false,
    });
  });

  it("are blocked when all wait", () => {
    const lanes = createLanes<Event>(start, 2, 0);
    deliverAll(lanes, feedOf([0, 1]), () => false);
    expect(lanes.progress()).toMatchObject({ isBlocked: true, nextAt: 6_000 });
  });

  it("that waited are tried again once their time has come, and not before", () => {
    const failed = createLanes<Event>(start, 1, 0);
    deliverAll(failed, feedOf([0]), () => false);
    const tried = (now: number): number => {
      let attempts = 0;
      const lanes = createLanes<Event>(failed.progress(), 1, now);
      deliverAll(lanes, feedOf([0]), () => {
        attempts += 1;
        return true;
      });
      return attempts;
    };
    expect([tried(5_999), tried(6_000)]).toEqual([0, 1]);
  });

  it("say at which attempt an event was delivered, and since when one fails", () => {
    const lanes = createLanes<Event>(
      {
        place: "0",
        lanes: [
          {
            lane: 0,
            place: "0",
            attempts: 2,
            failingSince: "1970-01-01T00:00:00.500Z",
            nextAt: null,
          },
        ],
      },
      1,
      0,
    );
    const read = lanes.nextRead("2");
    if (read !== null) lanes.take(read, { events: feedOf([0, 0]), place: "2" }, laneOf);
    lanes.begin(0, 1);
    expect(lanes.delivered(0)).toBe(3);
    lanes.begin(0, 1);
    expect(lanes.failed(0, 9_000, () => 1)).toEqual({ attempts: 1, failingSince: 9_000 });
  });

  it("give several events at once, and count them delivered together", () => {
    const lanes = createLanes<Event>(start, 1, 0);
    const read = lanes.nextRead("3");
    if (read !== null) lanes.take(read, { events: feedOf([0, 0, 0]), place: "3" }, laneOf);
    expect(lanes.begin(0, 2).map(({ place }) => place)).toEqual(["1", "2"]);
    lanes.delivered(0);
    expect(lanes.progress().place).toBe("2");
  });
});

/** What happens to one lane's delivery, or to the process. */
const step = fc.constantFrom(
  "delivered",
  "failed",
  "broken off",
  "process ends",
  "read",
  "read later",
);

describe("whatever fails, however slow a lane is, and whenever the process ends", () => {
  it("no event is skipped, each lane keeps its order, and everything arrives in the end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(2), { maxLength: 40 }),
        fc.array(fc.tuple(step, fc.nat(2)), { maxLength: 120 }),
        fc.integer({ min: 1, max: 5 }),
        (laneNumbers, steps, limit) => {
          const feed = feedOf(laneNumbers);
          const upTo = String(feed.length);
          const got: Event[][] = [[], [], []];
          let now = 0;
          let saved: Progress = start;
          let lanes = createLanes<Event>(saved, 3, now);
          const deliver = (lane: number): void => {
            const [event] = lanes.begin(lane, 1);
            if (event !== undefined) got[lane]?.push(event);
          };
          let late: (() => void) | undefined;
          for (const [what, lane] of steps) {
            now += 1_000;
            const isReady = lanes.ready().includes(lane);
            if (what === "process ends") {
              late = undefined;
              lanes = createLanes<Event>(saved, 3, now);
            } else if (what === "read" || what === "read later") {
              late?.();
              late = undefined;
              const read = lanes.nextRead(upTo);
              const take = () => {
                if (read !== null) lanes.take(read, pageOf(feed, read.after, upTo, limit), laneOf);
              };
              if (what === "read") take();
              else late = take;
            } else if (isReady) {
              deliver(lane);
              if (what === "delivered") lanes.delivered(lane);
              else if (what === "failed") lanes.failed(lane, now, () => 3_000);
              else lanes.brokenOff(lane);
              saved = structuredClone(lanes.progress());
            }
          }
          late?.();
          lanes = createLanes<Event>(saved, 3, now + 10_000);
          deliverAll(lanes, feed, (event) => (got[event.lane]?.push(event) ?? 0) > 0);
          for (const [lane, events] of got.entries()) {
            // Without its repetitions a lane has all its events in their order.
            const first = events.filter((event, index) => events.indexOf(event) === index);
            expect(first).toEqual(feed.filter((event) => event.lane === lane));
          }
          expect(lanes.progress()).toMatchObject({ place: upTo, lanes: [], nextAt: null });
        },
      ),
    );
  });
});
