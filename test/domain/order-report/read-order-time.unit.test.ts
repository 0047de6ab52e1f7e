import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readOrderTime } from "../../../src/domain/order-report/read-order-time.ts";

test.each([
  ["2024-01-05 10:22:31 -0500", undefined, "2024-01-05T15:22:31.000Z"],
  ["2024-01-05T10:22:31+00:00", undefined, "2024-01-05T10:22:31.000Z"],
  ["2003-07-14T18:53:56+ 00:00", undefined, "2003-07-14T18:53:56.000Z"],
  ["2024-01-05T10:22:31.250Z", undefined, "2024-01-05T10:22:31.250Z"],
  ["2018-05-02 10:15", undefined, "2018-05-02T10:15:00.000Z"],
  ["2018/5/2", undefined, "2018-05-02T00:00:00.000Z"],
  ["5.1.2024 10:22", undefined, "2024-01-05T10:22:00.000Z"],
  ["1/5/2024 10:22 PM", "month-first", "2024-01-05T22:22:00.000Z"],
  ["1/5/2024 12:05 am", "day-first", "2024-05-01T00:05:00.000Z"],
] as const)("%s (%s) is %s", (text, form, expected) => {
  const read = readOrderTime(text, form);
  expect(read.ok ? new Date(read.at).toISOString() : read.detail).toBe(expected);
});

test.each(["", "soon", "2024-02-30", "2024-13-01", "2024-01-05 25:00", "13:00", "0024-01-01"])(
  "%j is no date",
  (text) => {
    expect(readOrderTime(text, "day-first")).toMatchObject({ ok: false });
  },
);

test("a date with slashes is refused unless its form is named", () => {
  expect(readOrderTime("1/5/2024", undefined)).toMatchObject({
    ok: false,
    detail: expect.stringContaining("Use --dates day-first or --dates month-first."),
  });
});

test("every instant is read back from the forms of Shopify and Amazon", () => {
  const instant = fc.integer({ min: 0, max: 4e9 }).map((second) => new Date(second * 1_000));
  fc.assert(
    fc.property(instant, (date) => {
      const iso = date.toISOString();
      const shopify = `${iso.slice(0, 10)} ${iso.slice(11, 19)} +0000`;
      for (const text of [iso, shopify, `${iso.slice(0, 19)}+00:00`]) {
        expect(readOrderTime(text, undefined)).toEqual({ ok: true, at: date.getTime() });
      }
    }),
  );
});
