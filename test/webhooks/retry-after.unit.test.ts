// What endpoints ask for with Retry-After.

import { expect, it } from "vitest";
import { readRetryAfter } from "../../src/webhooks/retry-after.ts";

const now = new Date("2030-01-31T12:00:00Z");

it.each([
  ["120", 120_000],
  [" 5 ", 5_000],
  ["0", 0],
  ["Thu, 31 Jan 2030 12:01:30 GMT", 90_000],
  ["Thu, 31 Jan 2030 11:00:00 GMT", 0],
  [undefined, null],
  ["", null],
  ["-5", null],
  ["1.5", null],
  ["1e9", null],
  ["9999999999999999", null],
  ["soon", null],
  ["2030", 2_030_000],
  ["2030-01-31T12:01:30Z", null],
  ["Thu, 99 Jan 2030 12:01:30 GMT", null],
])("of %j is %j ms", (header, ms) => {
  expect(readRetryAfter(header, now)).toBe(ms);
});
