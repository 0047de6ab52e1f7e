// Which months there are, and which can be closed.

import { describe, expect, it } from "vitest";
import {
  closableFrom,
  monthAfter,
  monthAt,
  monthNamed,
  whyUnclosable,
} from "../../../src/domain/ledger/ledger-month.ts";

const named = (name: string) => {
  const month = monthNamed(name);
  if (month === null) throw new Error(`Expected a month; got ${name}.`);
  return month;
};

describe("a month", () => {
  it("is read from its name, and is one of UTC", () => {
    expect(monthNamed("2023-12")).toEqual({
      name: "2023-12",
      begins: new Date("2023-12-01T00:00:00Z"),
      ends: new Date("2024-01-01T00:00:00Z"),
    });
    expect(monthAt(new Date("2024-02-29T23:59:59.999Z")).name).toBe("2024-02");
    expect(monthAfter(named("2023-12")).name).toBe("2024-01");
  });

  it.each(["2024-13", "2024-00", "2024-3", "March", "2024-03-01", ""])("is not %j", (name) => {
    expect(monthNamed(name)).toBeNull();
  });
});

describe("a month can be closed", () => {
  const month = named("2024-03");
  const later = closableFrom(month);
  const firstAt = new Date("2024-03-05T10:00:00Z");
  const open = { firstAt, lastClosed: null };

  it("400 days after it ended, and not before", () => {
    expect(later.toISOString()).toBe("2025-05-06T00:00:00.000Z");
    expect(whyUnclosable(month, open, later)).toBeNull();
    expect(whyUnclosable(month, open, new Date(later.getTime() - 1))).toEqual({
      kind: "too-young",
      from: later,
    });
  });

  it("if it is the oldest one that has movements", () => {
    const earlier = { firstAt: new Date("2024-01-31T23:59:59Z"), lastClosed: null };
    expect(whyUnclosable(month, earlier, later)).toEqual({
      kind: "earlier-open",
      earliest: "2024-01",
    });
    const first = { firstAt: new Date("2024-04-01T00:00:00Z"), lastClosed: null };
    expect(whyUnclosable(month, first, later)).toEqual({ kind: "empty" });
    expect(whyUnclosable(month, { firstAt: null, lastClosed: null }, later)).toEqual({
      kind: "empty",
    });
  });

  it("if it comes after the last closed one, also with movements of that one's last moment", () => {
    const closed = (lastClosed: string, first: string) => ({
      firstAt: new Date(first),
      lastClosed: named(lastClosed),
    });
    expect(whyUnclosable(month, closed("2024-03", "2024-04-02T00:00:00Z"), later)).toEqual({
      kind: "closed-before",
    });
    expect(whyUnclosable(month, closed("2024-02", "2024-02-29T23:59:59Z"), later)).toBeNull();
  });
});
