import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decideGathering,
  gatherLimits,
  type WaitingMails,
} from "../../../src/domain/alerting/gather-mails.ts";

const settings = { gatherMs: 2_000, perMinute: 5 };
const now = new Date("2026-03-14T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const waiting: WaitingMails = {
  count: 1,
  oldestAt: ago(2),
  newestAt: ago(2),
  isDaily: false,
  singlesAt: [],
  togetherAt: null,
};
const each = { kind: "each" };
const together = { kind: "together" };
const waitFor = (seconds: number) => ({ kind: "wait", until: ago(-seconds) });

describe("mails that wait for a person", () => {
  test.each<[string, Partial<WaitingMails>, object]>([
    ["go alone if there is one", {}, each],
    ["go alone up to five", { count: 5 }, each],
    ["go together beyond five", { count: 6 }, together],
    ["go together if it is three hundred", { count: 300 }, together],
    [
      "count those of the last minute",
      { count: 3, singlesAt: [ago(50), ago(10), ago(9)] },
      together,
    ],
    ["do not count older ones", { count: 3, singlesAt: [ago(61), ago(60), ago(9)] }, each],
    ["wait while others come", { newestAt: ago(1) }, waitFor(1)],
    [
      "wait for others for half a minute at most",
      { oldestAt: ago(29), newestAt: ago(0) },
      waitFor(1),
    ],
    ["then go although others come", { count: 9, oldestAt: ago(30), newestAt: ago(0) }, together],
    ["wait for a minute after some went together", { togetherAt: ago(20) }, waitFor(40)],
    ["then go alone", { togetherAt: ago(60) }, each],
    ["of a day go together, if it is one", { isDaily: true, newestAt: ago(0) }, together],
  ])("%s", (_name, differs, expected) => {
    expect(decideGathering({ ...waiting, ...differs }, settings, now)).toEqual(expected);
  });
});

/** What a person gets if mails are written at these times, in milliseconds, and looked at as the decision says. */
function play(written: readonly number[], { gatherMs, perMinute } = settings) {
  const sent: { at: number; mails: readonly number[] }[] = [];
  const singlesAt: Date[] = [];
  let togetherAt: Date | null = null;
  let open: number[] = [];
  const left = written.toSorted((one, other) => one - other);
  let clock = 0;
  while (open.length > 0 || left.length > 0) {
    if (open.length === 0) clock = Math.max(clock, (left[0] ?? 0) + gatherMs);
    while ((left[0] ?? Infinity) <= clock) open.push(left.shift() ?? 0);
    const decision = decideGathering(
      {
        count: open.length,
        oldestAt: new Date(Math.min(...open)),
        newestAt: new Date(Math.max(...open)),
        isDaily: false,
        singlesAt,
        togetherAt,
      },
      { gatherMs, perMinute },
      new Date(clock),
    );
    if (decision.kind === "wait") {
      expect(decision.until.getTime()).toBeGreaterThan(clock);
      clock = decision.until.getTime();
      continue;
    }
    if (decision.kind === "together") {
      sent.push({ at: clock, mails: open });
      togetherAt = new Date(clock);
    } else {
      for (const mail of open) sent.push({ at: clock, mails: [mail] });
      singlesAt.push(...open.map(() => new Date(clock)));
    }
    open = [];
  }
  return sent;
}

describe("whatever runs low and whenever", () => {
  const times = fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 60 });

  test("nothing is lost and nothing is told twice", () => {
    fc.assert(
      fc.property(times, (written) => {
        const told = play(written).flatMap(({ mails }) => mails);
        expect(told.toSorted((a, b) => a - b)).toEqual(written.toSorted((a, b) => a - b));
      }),
    );
  });

  test("nobody gets more than six mails within a minute", () => {
    fc.assert(
      fc.property(times, (written) => {
        const sent = play(written);
        for (const { at } of sent) {
          const within = sent.filter(
            (mail) => mail.at >= at && mail.at < at + gatherLimits.minuteMs,
          );
          expect(within.length).toBeLessThanOrEqual(settings.perMinute + 1);
        }
      }),
    );
  });

  test("nothing waits for longer than half a minute and a minute after mails that went together", () => {
    fc.assert(
      fc.property(times, (written) => {
        for (const { at, mails } of play(written)) {
          expect(at - Math.min(...mails)).toBeLessThanOrEqual(
            gatherLimits.minuteMs + gatherLimits.longestMs,
          );
        }
      }),
    );
  });

  test("what runs low within two seconds is one mail, if it is more than five", () => {
    const burst = fc.array(fc.integer({ min: 0, max: 1_999 }), { minLength: 6, maxLength: 300 });
    fc.assert(
      fc.property(burst, (written) => {
        expect(play(written)).toHaveLength(1);
      }),
    );
  });
});
