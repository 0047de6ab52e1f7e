import { describe, expect, it } from "vitest";
import { undoOf, whyNot } from "../../../src/admin/alerts/many/alert-change.ts";
import type { AlertReply } from "../../../src/contract/alerts.ts";

const alert: AlertReply = {
  id: "00000000-0000-7000-8000-000000000001",
  sku: "CUP",
  product: { sku: "CUP", name: "Cup" },
  variant: null,
  state: "low",
  openedAs: "low",
  openedAt: "2026-01-01T00:00:00Z",
  escalatedAt: null,
  endedAt: null,
  escalatedBy: null,
  unitsAtOpening: 2,
  limitAtOpening: 3,
  openedBy: { order: null, actor: "user:jo@x.test" },
  unitsInStock: 2,
  unitsSoldLast7Days: 0,
  daysOfCover: null,
  incoming: null,
  acknowledged: null,
  snoozed: null,
  recipientsMissing: false,
  news: [],
  mails: [],
};
const byJane = { at: "2026-01-02T00:00:00Z", by: "user:jane@x.test", note: "Ordered" };
const untilMay = { until: "2026-05-01T00:00:00Z", by: "user:jane@x.test" };
const snoozing = { snoozedUntil: "2026-06-01T00:00:00Z" };

describe("what is said of many alerts", () => {
  it("is not said of one that has ended, or that somebody sees to already", () => {
    const said = { acknowledged: true };
    expect(whyNot(alert, { alert, said })).toBeNull();
    const ended = { ...alert, endedAt: "2026-01-03T00:00:00Z" };
    expect(whyNot(ended, { alert, said })).toMatch(/^It has ended/);
    const seenTo = { ...alert, acknowledged: byJane };
    expect(whyNot(seenTo, { alert, said })).toBe("jane@x.test sees to it already.");
    expect(whyNot(seenTo, { alert, said: snoozing })).toBeNull();
  });

  it("is taken back to what was before", () => {
    const seenTo = { ...alert, acknowledged: byJane };
    expect(undoOf(alert, seenTo, { acknowledged: true }).said).toEqual({ acknowledged: false });
    expect(undoOf(alert, alert, snoozing).said).toEqual({ snoozedUntil: null });
    const snoozed = { ...alert, snoozed: untilMay };
    expect(undoOf(snoozed, alert, snoozing).said).toEqual({ snoozedUntil: untilMay.until });
  });

  it("is not taken back if somebody else has changed it meanwhile", () => {
    const after = { ...alert, snoozed: { until: snoozing.snoozedUntil, by: "user:jo@x.test" } };
    const undo = undoOf(alert, after, snoozing);
    expect(whyNot(after, undo)).toBeNull();
    expect(whyNot({ ...after, snoozed: untilMay }, undo)).toMatch(/^Somebody else/);
    const later = { until: "2027-01-01T00:00:00Z", by: "user:jo@x.test" };
    expect(whyNot({ ...after, snoozed: later }, undo)).toMatch(/^Somebody else/);
    expect(whyNot({ ...after, acknowledged: byJane }, undo)).toMatch(/^Somebody else/);
  });
});
