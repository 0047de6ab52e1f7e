// The figures and options that the docs name, against those of `npm run bench`.

import { expect, it } from "vitest";
import { allFigures } from "../../bench/figures/all-figures.ts";
import type { Figure } from "../../bench/support/figure.ts";
import { usage } from "../../bench/support/command-line.ts";
import { codeIn, markdownFiles, readText, tableBelow } from "./markdown.ts";

const ids = new Set(allFigures.map(({ id }) => id));

function goalOf({ goal }: Figure): string {
  if (goal === null) return "";
  return "atLeast" in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

it("the table in Performance has a row for each figure, with its goal", () => {
  const rows = tableBelow("docs/performance.md", "Figures");
  expect(rows.map(([title, , , , goal]) => [title, goal])).toEqual(
    allFigures.map((figure) => [figure.title, goalOf(figure)]),
  );
});

it("the text in Performance names goals that hold", () => {
  const named = [...readText("docs/performance.md").matchAll(/^- \*\*(\w+)\*\* \(goal ([\d.]+)/gm)];
  const goals = named.map(([, title, goal]) => ({ title, goal: Number(goal) }));
  expect(goals.length).toBeGreaterThan(0);
  const wrong = goals.filter(
    ({ title, goal }) =>
      !allFigures.some(
        (figure) => figure.title === title && Object.values(figure.goal ?? {}).includes(goal),
      ),
  );
  expect(wrong).toEqual([]);
});

it("Measuring explains each option of the command, and no other", () => {
  const explained = tableBelow("docs/measuring.md", "Measuring").map(
    ([option = ""]) => option.replaceAll("`", "").split(" ", 1)[0],
  );
  const known = [...usage.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, option]) => option);
  expect(explained.toSorted()).toEqual(known.toSorted());
});

it("no document asks for figures that do not exist", () => {
  const asked = markdownFiles()
    .flatMap((path) => codeIn(readText(path)))
    .flatMap((code) => /--only ([\w,]+)/.exec(code)?.[1]?.split(",") ?? []);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((id) => !ids.has(id))).toEqual([]);
});
