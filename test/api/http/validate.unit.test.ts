import { describe, expect, it } from "vitest";
import * as z from "zod";
import { Problem } from "../../../src/api/http/problem.ts";
import { parsePart } from "../../../src/api/http/validate.ts";

const schema = z.strictObject({
  name: z.string().max(5),
  password: z.string().min(10).optional(),
  lines: z.array(z.strictObject({ "a/b": z.int() })).default([]),
});

function faultsOf(value: unknown): readonly { pointer: string; detail: string }[] {
  try {
    parsePart(schema, value, "body");
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  return [];
}

describe("what is wrong with a request", () => {
  it("is a sentence: what was expected, and what came", () => {
    expect(faultsOf({ name: "a", lines: [{ "a/b": "1" }, {}] })).toEqual([
      { pointer: "/lines/0/a~1b", detail: 'Expected a number; got "1".' },
      { pointer: "/lines/1/a~1b", detail: "Expected a number; got nothing." },
    ]);
  });

  it("is told all at once, each with its place and what came", () => {
    const faults = faultsOf({ name: "far too long", lines: [{ "a/b": 1.5 }], more: true });
    expect(faults.map(({ pointer }) => pointer)).toEqual(["/name", "/lines/0/a~1b", "/more"]);
    expect(faults[0]?.detail).toContain('got "far too long"');
    expect(faults[1]?.detail).toContain("got 1.5");
  });

  it("never repeats a password", () => {
    const [fault] = faultsOf({ name: "a", password: "secret" });
    expect(fault?.pointer).toBe("/password");
    expect(fault?.detail).not.toContain("secret");
  });

  it("shows a long value short, and no object whole", () => {
    expect(faultsOf({ name: "x".repeat(1_000) })[0]?.detail.length).toBeLessThan(200);
    expect(faultsOf({ name: { deep: "value" } })[0]?.detail).toContain("got an object");
  });

  it("is told in a hundred details at most, each of them short, however much is wrong", () => {
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`field${n}`, 1]));
    expect(faultsOf({ name: "a", ...unknown })).toHaveLength(100);
    const lines = Array.from({ length: 1_000 }, () => ({ "a/b": "x", c: 1 }));
    expect(faultsOf({ name: "a", lines })).toHaveLength(100);
    const [fault] = faultsOf({ name: "a", ["\u0001".repeat(100_000)]: 1 });
    expect(JSON.stringify(fault).length).toBeLessThan(2_000);
    expect(() => parsePart(schema, { name: "a", ...unknown }, "body")).toThrow("More than 100");
  });
});
