import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { readAuditOptions } from "../../../src/cli/audit/audit-options.ts";
import { createQuestions, offerRepairs } from "../../../src/cli/audit/repair-books.ts";
import type { Repair } from "../../../src/db/audit/find-repairs.ts";

const repairs: readonly Repair[] = ["A", "B", "C"].map((sku, index) => ({
  kind: "ledger",
  levelId: index,
  sku,
  units: 5,
  ledger: 6,
}));

describe("offered repairs", () => {
  it("are shown, and only those that are agreed to are done", async () => {
    const shown: string[] = [];
    const done: string[] = [];
    const offered = await offerRepairs(repairs, {
      agrees: (said) => Promise.resolve(!said.startsWith("B")),
      repair: ({ sku }) => {
        done.push(sku);
        return Promise.resolve(sku === "A");
      },
      show: (line) => void shown.push(line),
    });
    expect(done).toEqual(["A", "C"]);
    expect(offered.map(({ sku, outcome }) => [sku, outcome])).toEqual([
      ["A", "repaired"],
      ["B", "declined"],
      ["C", "gone"],
    ]);
    expect(shown[0]).toMatch(/^REPAIR {2}A has 5 units and its ledger ends with 6\. .* of -1 into/);
    expect(shown).toHaveLength(6);
  });
});

describe("a question at the terminal", () => {
  it("takes y and yes as a yes, and everything else as a no, also the end of the input", async () => {
    const input = new PassThrough();
    const questions = createQuestions(input, new PassThrough());
    const answers: boolean[] = [];
    for (const typed of ["y\n", "YES\n", "\n", "n\n", "yesterday\n"]) {
      const answer = questions.ask();
      input.write(typed);
      answers.push(await answer);
    }
    const last = questions.ask();
    input.end();
    answers.push(await last, await questions.ask());
    expect(answers).toEqual([true, true, false, false, false, false, false]);
    questions.close();
  });
});

describe("the options of a repair", () => {
  it("need a terminal or --yes", () => {
    expect(() => readAuditOptions({ repair: true }, false)).toThrow(
      /expected a terminal; there is none. Add --yes/,
    );
    expect(readAuditOptions({ repair: true, by: "ann" }, true).repair).toEqual({
      asks: true,
      actor: "operator:ann",
    });
    expect(readAuditOptions({ repair: true, yes: true, by: " ann " }, false).repair).toEqual({
      asks: false,
      actor: "operator:ann",
    });
  });

  it("are refused without --repair, or with an empty name", () => {
    for (const raw of [{ yes: true }, { by: "ann" }]) {
      expect(() => readAuditOptions(raw, true)).toThrow(/expected --repair beside them/);
    }
    expect(() => readAuditOptions({ repair: true, by: " " }, true)).toThrow(
      /--by: expected the name/,
    );
    expect(readAuditOptions({}, false).repair).toBeNull();
  });
});
