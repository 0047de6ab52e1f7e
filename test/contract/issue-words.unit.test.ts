import { describe, expect, it } from "vitest";
import * as z from "zod";
import { issueWords } from "../../src/contract/issue-words.ts";

function wordsOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: issueWords }).error?.issues[0]?.message;
}

describe("what zod finds wrong", () => {
  it.each<[z.ZodType, unknown, string]>([
    [z.string(), 1, "expected text"],
    [z.number(), "1", "expected a number"],
    [z.int(), 1.5, "expected a whole number"],
    [z.boolean(), "yes", "expected true or false"],
    [z.array(z.string()), {}, "expected a list"],
    [z.object({}), [], "expected an object with fields"],
    [z.record(z.string(), z.string()), 1, "expected an object with fields"],
    [z.array(z.string()).min(1), [], "expected at least 1 entry"],
    [z.array(z.string()).max(2), ["", "", ""], "expected at most 2 entries"],
    [z.string().min(1), "", "expected at least 1 character"],
    [z.string().max(2_000), "x".repeat(2_001), "expected at most 2,000 characters"],
    [z.number().min(1), 0, "expected at least 1"],
    [z.number().max(1_000_000), 1_000_001, "expected at most 1,000,000"],
    [z.number().gt(0), 0, "expected more than 0"],
    [z.number().lt(5), 5, "expected less than 5"],
    [z.number().multipleOf(5), 3, "expected a multiple of 5"],
    [z.enum(["low", "out", "ended"]), "x", 'expected "low", "out" or "ended"'],
    [z.literal("tallyman"), "x", 'expected "tallyman"'],
    [z.uuid(), "x", "expected an id as the service gives it, a UUID"],
    [z.email(), "x", "expected an e-mail address"],
    [z.iso.datetime(), "x", "expected a date and time such as 2026-01-31T12:00:00Z"],
    [z.string().regex(/^a/), "b", "expected text of another form"],
    [z.union([z.string(), z.int()]), true, "expected text, or a number"],
    [z.record(z.string().max(2), z.int()), { abc: 1 }, "expected at most 2 characters"],
    [z.string().refine(() => false), "x", "expected another value"],
  ])("%#: is said in plain words", (schema, value, words) => {
    expect(wordsOf(schema, value)).toBe(words);
  });

  it("is said in a schema's own words where it has any", () => {
    expect(wordsOf(z.string("expected a name"), 1)).toBe("expected a name");
  });
});
