import { describe, expect, it } from "vitest";
import { checksAbout, clockCheck } from "../../../src/cli/doctor/check.ts";
import { checksAsText } from "../../../src/cli/doctor/doctor-command.ts";
import { judgeRedis } from "../../../src/cli/doctor/check-queue-store.ts";

describe("the line about a clock", () => {
  it.each([
    [0, "ok"],
    [2_000, "ok"],
    [-2_000, "ok"],
    [2_001, "warning"],
    [-60_000, "warning"],
    [60_001, "failed"],
    [-3_600_000, "failed"],
  ])("that is %s ms ahead is %s", (aheadMs, state) => {
    expect(clockCheck("PostgreSQL", aheadMs).state).toBe(state);
  });

  it("says which one is ahead", () => {
    expect(clockCheck("PostgreSQL", 5_250).says).toMatch(/5\.3 s ahead of this machine's/);
    expect(clockCheck("PostgreSQL", -5_250).says).toMatch(/5\.3 s behind this machine's/);
  });
});

const wellRedis = {
  at: "127.0.0.1:6379",
  version: "7.0.0",
  policy: "noeviction",
  isReplica: false,
  keepsFile: true,
  usedBytes: 90,
  maxBytes: 100,
  clockMs: 0,
  hereMs: 0,
  writeRefusal: null,
};

const statesOf = (changed: Partial<typeof wellRedis> | { readonly writeRefusal: string }) =>
  judgeRedis({ ...wellRedis, ...changed }).map(({ state }) => state);

it.each([
  [{}, ["ok", "ok"]],
  [{ usedBytes: 91 }, ["warning", "ok"]],
  [{ usedBytes: 10 ** 12, maxBytes: 0 }, ["ok", "ok"]],
  [{ policy: "" }, ["failed", "ok"]],
  [{ keepsFile: false, policy: "volatile-lru" }, ["failed", "warning", "ok"]],
  [{ writeRefusal: "OOM command not allowed", usedBytes: 99 }, ["failed", "ok"]],
  [{ writeRefusal: "NOPERM no permissions" }, ["failed", "ok"]],
  [{ isReplica: true, writeRefusal: "READONLY" }, ["failed", "ok"]],
  [{ clockMs: 30_000 }, ["ok", "warning"]],
])("a Redis with %j has the lines %j", (changed, states) => {
  expect(statesOf(changed)).toEqual(states);
});

it("each line that is not ok has what to do below it", () => {
  const { ok, failed } = checksAbout("mail");
  const text = checksAsText([ok("All is well."), failed("It is away.", "Start it.")]);
  expect(text).toBe("ok    mail  All is well.\nFAIL  mail  It is away.\n            Start it.");
});
