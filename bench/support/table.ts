// Writes the results as a table for people.

import type { Machine } from "./machine.ts";
import type { Findings, MeasuredFigure } from "./run-rounds.ts";
import type { Summary } from "./summary.ts";

const columns = ["figure", "measured", "yardstick", "ratio", "goal", "met"] as const;

/** The machine, a row for each figure, and an explanation of each row. */
export function writeTable(machine: Machine, findings: Findings, rounds: number): string {
  const rows = findings.figures.map((measured) => cellsOf(measured));
  const widths = columns.map((name, place) =>
    Math.max(name.length, ...rows.map((cells) => cells[place]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(" | ")} |`;
  const legend = findings.figures.map(
    ({ figure }) => `- ${figure.title}: ${figure.measured}; yardstick: ${figure.yardstick}.`,
  );
  const missing = findings.notMeasured.map(
    ({ figure, missing: tools }) =>
      `- ${figure.title}: NOT measured, because ${tools.join(" and ")} is missing.`,
  );
  return [
    ...Object.entries(machine).map(([name, value]) => `${name}: ${value}`),
    "",
    line(columns),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
    "",
    `Medians of ${rounds} ${rounds === 1 ? "round" : "rounds"}, lowest and highest in brackets; ratios are taken within each round.`,
    ...legend,
    ...missing,
    "",
    findings.imbalances.length === 0
      ? "The books balance: nothing was lost, nothing was oversold."
      : `THE BOOKS DON'T BALANCE:\n${findings.imbalances.join("\n")}`,
  ].join("\n");
}

function cellsOf({ figure, measured, yardstick, ratio, met }: MeasuredFigure): string[] {
  return [
    figure.title,
    `${show(measured)} ${figure.unit}`,
    `${show(yardstick)} ${figure.unit}`,
    show(ratio, 2),
    goalOf(figure.goal),
    met === null ? "" : met ? "yes" : "no",
  ];
}

function goalOf(goal: MeasuredFigure["figure"]["goal"]): string {
  if (goal === null) return "";
  return "atLeast" in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`;
}

function show({ median, min, max, samples }: Summary, digits?: number): string {
  const text = (value: number): string =>
    value.toLocaleString("en", {
      minimumFractionDigits: digits ?? 0,
      maximumFractionDigits: digits ?? (value < 100 ? 1 : 0),
    });
  return samples.length === 1 ? text(median) : `${text(median)} (${text(min)}..${text(max)})`;
}
