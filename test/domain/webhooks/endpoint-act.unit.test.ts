import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ActedEndpoint,
  actOnEndpoint,
  type EndpointAct,
  leastPlace,
} from "../../../src/domain/webhooks/endpoint-act.ts";
import { pauseReasons, webhookStatuses } from "../../../src/domain/webhooks/endpoint.ts";

const failed = {
  lane: 3,
  place: "40",
  attempts: 7,
  failingSince: "2026-11-27T09:00:00.000Z",
  nextAt: "2026-11-27T12:00:00.000Z",
};
const tried = { lane: 3, place: "40", attempts: 0, failingSince: null, nextAt: null };

const active: ActedEndpoint = {
  status: "active",
  pausedBecause: null,
  place: "50",
  lanes: [failed],
};
const failing: ActedEndpoint = { ...active, status: "paused", pausedBecause: "failing" };
const disabled: ActedEndpoint = { ...active, status: "disabled", lanes: [] };

const resume = (from: string | null): EndpointAct => ({ kind: "resume", from, latest: "90" });
const unchanged = { kind: "unchanged" };
const refused = { kind: "disabled" };
const becomes = (endpoint: ActedEndpoint) => ({ kind: "changed", endpoint });

describe("an endpoint", () => {
  it.each<[string, ActedEndpoint, EndpointAct, object]>([
    [
      "paused keeps its place and its lanes",
      active,
      { kind: "pause" },
      becomes({ ...active, status: "paused", pausedBecause: "person" }),
    ],
    ["paused again keeps the first reason", failing, { kind: "pause" }, unchanged],
    ["that is disabled can't be paused", disabled, { kind: "pause" }, refused],
    [
      "resumed goes on where it stopped, and its failures are counted anew",
      failing,
      resume(null),
      becomes({ ...active, lanes: [tried] }),
    ],
    [
      "resumed after a place has all lanes there",
      failing,
      resume("70"),
      becomes({ ...active, place: "70", lanes: [] }),
    ],
    [
      "resumed while it is active tries at once what waits",
      active,
      resume(null),
      becomes({ ...active, lanes: [tried] }),
    ],
    [
      "that was disabled starts at the latest",
      disabled,
      resume(null),
      becomes({ ...active, place: "90", lanes: [] }),
    ],
    [
      "that was disabled starts after a place that is sent",
      disabled,
      resume("10"),
      becomes({ ...active, place: "10", lanes: [] }),
    ],
    ["disabled keeps no lane", failing, { kind: "disable" }, becomes(disabled)],
    ["disabled again does not change", disabled, { kind: "disable" }, unchanged],
    [
      "moved back goes on from there",
      active,
      { kind: "replay", from: "10" },
      becomes({ ...active, place: "10", lanes: [] }),
    ],
    [
      "moved while it is paused stays paused",
      failing,
      { kind: "replay", from: "60" },
      becomes({ ...failing, place: "60", lanes: [] }),
    ],
    ["that is disabled can't be moved", disabled, { kind: "replay", from: "10" }, refused],
  ])("%s", (_name, endpoint, act, expected) => {
    expect(actOnEndpoint(endpoint, act)).toEqual(expected);
  });

  const place = fc.nat(100).map(String);
  const lane = fc.record({
    lane: fc.nat(15),
    place,
    attempts: fc.nat(9),
    failingSince: fc.constantFrom(null, failed.failingSince),
    nextAt: fc.constantFrom(null, failed.nextAt),
  });
  const endpoints = fc
    .record({
      status: fc.constantFrom(...webhookStatuses),
      reason: fc.constantFrom(...pauseReasons),
      place,
      lanes: fc.array(lane, { maxLength: 16 }),
    })
    .map(({ reason, ...rest }): ActedEndpoint => {
      const pausedBecause = rest.status === "paused" ? reason : null;
      return { ...rest, pausedBecause, lanes: rest.status === "disabled" ? [] : rest.lanes };
    });
  const acts: fc.Arbitrary<EndpointAct> = fc.oneof(
    fc.constant({ kind: "pause" } as const),
    fc.constant({ kind: "disable" } as const),
    fc.record({ kind: fc.constant("resume" as const), from: fc.option(place), latest: place }),
    fc.record({ kind: fc.constant("replay" as const), from: place }),
  );

  it("has a reason if and only if it is paused, skips nothing by itself, and changes once", () => {
    fc.assert(
      fc.property(endpoints, acts, (endpoint, act) => {
        const outcome = actOnEndpoint(endpoint, act);
        if (outcome.kind !== "changed") return;
        const { status, pausedBecause, place: after } = outcome.endpoint;
        expect(pausedBecause !== null).toBe(status === "paused");
        const isMoved = "from" in act && act.from !== null;
        if (isMoved) expect([after, outcome.endpoint.lanes]).toEqual([act.from, []]);
        if (!isMoved && endpoint.status !== "disabled" && status !== "disabled") {
          expect(leastPlace(outcome.endpoint)).toBe(leastPlace(endpoint));
        }
        const again = actOnEndpoint(outcome.endpoint, act);
        if (again.kind === "changed") expect(again.endpoint).toEqual(outcome.endpoint);
      }),
    );
  });
});
