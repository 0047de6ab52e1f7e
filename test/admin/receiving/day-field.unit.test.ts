import { describe, expect, it } from "vitest";
import { dayField, fromDayField } from "../../../src/admin/receiving/day-field.ts";

describe("the field of a day", () => {
  it.each(["2026-12-03", "2028-02-29", "2099-01-01"])(
    "keeps %s from the field to the API and back",
    (day) => {
      const at = fromDayField(day);
      expect(at).toBe(`${day}T12:00:00.000Z`);
      expect(dayField(at ?? "")).toBe(day);
    },
  );

  it.each(["", "2026-13-01", "0026-12-03", "3 December"])("has no day for %j", (text) => {
    expect(fromDayField(text)).toBeNull();
  });
});
