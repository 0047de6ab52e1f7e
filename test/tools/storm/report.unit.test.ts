import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../../tools/lab/clients.ts";
import {
  acceptedTimes,
  answerName,
  count,
  findRecoveries,
  longestGap,
  stormProducts,
} from "../../../tools/storm/figures.ts";
import { judgeProcesses } from "../../../tools/storm/judge.ts";
import { type StormReport, writeReport } from "../../../tools/storm/report.ts";

const answer = { sentAt: 0, endedAt: 0, isLate: false };
const start = { role: "api", message: "no database" } as const;

describe("the figures of a storm", () => {
  it("measure the longest time without an accepted order, its begin and end included", () => {
    expect(longestGap([], 10, 50)).toBe(40);
    expect(longestGap([20, 25, 45], 10, 50)).toBe(20);
    expect(longestGap([5, 20, 99], 10, 50)).toBe(30);
    expect(longestGap([40, 50], 10, 50)).toBe(30);
  });

  it("measure from the end of a fault to the next order, and keep the longest of a kind", () => {
    const faults = [
      { kind: "reset", endedAt: 10 },
      { kind: "reset", endedAt: 41 },
      { kind: "delay", endedAt: 30 },
      { kind: "kill", endedAt: 99 },
    ];
    expect([...findRecoveries(faults, [12, 30, 45], [60])]).toEqual([
      ["reset", { acceptedMs: 4, decidedMs: 50 }],
      ["delay", { acceptedMs: 0, decidedMs: 30 }],
      // No order came after it.
      ["kill", { acceptedMs: 0, decidedMs: 0 }],
    ]);
  });

  it("count answers by what they were, and take the times of those that accepted an order", () => {
    const answers = [
      { ...answer, status: 503, endedAt: 1 },
      { ...answer, status: 202, endedAt: 9 },
      { ...answer, status: null },
      { ...answer, status: null, isLate: true },
      { ...answer, status: 200, endedAt: 4 },
    ];
    const entry: JournalEntry = { reference: "A", lines: [], answers };
    expect(acceptedTimes([entry])).toEqual([4, 9]);
    expect([...count(answers.map(answerName))]).toEqual([
      ["503", 1],
      ["202", 1],
      ["connection ended", 1],
      ["none in time", 1],
      ["200", 1],
    ]);
  });

  it("give a third of the products so few units that they sell out while it lasts", () => {
    const scarce = stormProducts(40, 5).filter(({ units }) => units < 1_000_000);
    expect(scarce).toHaveLength(20);
    for (const { units, threshold } of scarce) {
      expect(units).toBeGreaterThan(threshold);
      expect(units).toBeLessThan(threshold + 1 + 40 * 5 * 60 * (4 / 60));
    }
  });
});

describe("the judgement on processes", () => {
  it("is that none ends unasked, and that those that were told to stop exit with 0", () => {
    const fine = [
      { role: "api", cause: "SIGKILL", how: "SIGKILL" },
      { role: "worker", cause: "kill point batch-written", how: "SIGKILL" },
      { role: "worker", cause: "SIGTERM", how: "0" },
    ] as const;
    expect(judgeProcesses({ exits: fine, failedStarts: [] }, [])).toEqual([]);
    for (const odd of [
      { role: "worker", cause: null, how: "1" },
      { role: "api", cause: "SIGTERM", how: "SIGKILL" },
    ] as const) {
      const [broken] = judgeProcesses({ exits: [...fine, odd], failedStarts: [] }, []);
      expect(broken).toContain(JSON.stringify(odd));
    }
  });

  it("lets a start fail only while a store is away or has just come back", () => {
    const outages = [{ from: 100_000, to: 104_000 }];
    const judged = (startedAt: number, endedAt: number) =>
      judgeProcesses({ exits: [], failedStarts: [{ ...start, startedAt, endedAt }] }, outages);
    expect(judged(99_000, 101_000)).toEqual([]);
    expect(judged(110_000, 112_000)).toEqual([]);
    expect(judged(90_000, 99_000)).toHaveLength(1);
    expect(judged(120_000, 121_000)[0]).toContain("no database");
  });
});

describe("the report of a storm", () => {
  const report: StormReport = {
    command: "npm run storm -- --seed 7",
    minutes: 1,
    placed: 12,
    accepted: 11,
    orders: new Map([
      ["confirmed", 8],
      ["rejected", 3],
    ]),
    answers: new Map([
      ["503", 2],
      ["202", 11],
    ]),
    exits: new Map([["SIGKILL", 4]]),
    faults: new Map([["reset", 1]]),
    missed: 1,
    duplicatesAbsorbed: 5,
    mails: 6,
    mailsTwice: 1,
    longestUnacceptedMs: 1_234,
    longestAnswerMs: 999,
    longestDecisionMs: 45_678,
    longestStopMs: 0,
    drainMs: 10,
    recoveries: new Map([
      ["reset", { acceptedMs: 100, decidedMs: 9_000 }],
      ["delay", { acceptedMs: 300, decidedMs: 2_000 }],
    ]),
    broken: [],
    kept: null,
  };

  it("names each figure, and the command that repeats it", () => {
    const text = writeReport(report);
    expect(text).toMatch(/confirmed, rejected +8, 3\n/);
    expect(text).toMatch(/answers +202 11, 503 2\n/);
    expect(text).toMatch(/longest decision +45\.7 s\n/);
    expect(text).toMatch(/longest until an accepted order +0\.3 s \(delay\)\n/);
    expect(text).toMatch(/longest until a decided order +9\.0 s \(reset\)\n/);
    expect(text).toMatch(/repeat with +npm run storm -- --seed 7\n/);
    expect(text).toContain("Every promise was kept.");
  });

  it("names every broken promise, and where the data are", () => {
    const text = writeReport({ ...report, broken: ["Lost one.", "Lost two."], kept: "/tmp/x" });
    expect(text).toMatch(
      /2 promises were broken:\n- Lost one\.\n- Lost two\.\nData and logs: \/tmp\/x/,
    );
    expect(text).not.toContain("was kept");
  });
});
