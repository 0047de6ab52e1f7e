// What a storm prints at its end. Pure functions.

import type { Recovery } from "./figures.ts";

/** Everything that a storm found. Times are in milliseconds. */
export type StormReport = {
  /** What repeats it. */
  readonly command: string;
  readonly minutes: number;
  readonly placed: number;
  readonly accepted: number;
  /** Orders by their status in the database. */
  readonly orders: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, number>;
  /** Ends of processes by their cause; those that nobody asked for are `not asked for`. */
  readonly exits: ReadonlyMap<string, number>;
  readonly faults: ReadonlyMap<string, number>;
  /** Faults that found nothing to strike, such as a process that was starting. */
  readonly missed: number;
  readonly duplicatesAbsorbed: number;
  readonly mails: number;
  readonly mailsTwice: number;
  readonly longestUnacceptedMs: number;
  readonly longestAnswerMs: number;
  readonly longestDecisionMs: number;
  readonly longestStopMs: number;
  /** From the end of the storm until no work was left. */
  readonly drainMs: number;
  readonly recoveries: ReadonlyMap<string, Recovery>;
  /** One sentence for each broken promise. */
  readonly broken: readonly string[];
  /** Where data and logs were kept; null: deleted. */
  readonly kept: string | null;
};

/** The report as text, with a line at its end that says whether the storm found something. */
export function writeReport(report: StormReport): string {
  const { orders, recoveries } = report;
  const status = (name: string): number => orders.get(name) ?? 0;
  const longest = (of: keyof Recovery): string => {
    const [kind, times] = [...recoveries].reduce<readonly [string, Recovery] | [null, null]>(
      (best, entry) => (best[1] === null || entry[1][of] > best[1][of] ? entry : best),
      [null, null],
    );
    return kind === null ? "none" : `${seconds(times[of])} (${kind})`;
  };
  const rows: readonly (readonly [string, string])[] = [
    ["minutes", `${report.minutes}`],
    ["orders placed, accepted", `${report.placed}, ${report.accepted}`],
    ["confirmed, rejected", `${status("confirmed")}, ${status("rejected")}`],
    ["cancelled, refunded", `${status("cancelled")}, ${status("refunded")}`],
    ["answers", counts(report.answers)],
    ["ends of processes", counts(report.exits)],
    ["faults", counts(report.faults)],
    ["faults without a target", `${report.missed}`],
    ["duplicates absorbed", `${report.duplicatesAbsorbed}`],
    ["mails taken, of them twice", `${report.mails}, ${report.mailsTwice}`],
    ["longest without an accepted order", seconds(report.longestUnacceptedMs)],
    ["longest answer", seconds(report.longestAnswerMs)],
    ["longest decision", seconds(report.longestDecisionMs)],
    ["longest until an accepted order", longest("acceptedMs")],
    ["longest until a decided order", longest("decidedMs")],
    ["longest stop", seconds(report.longestStopMs)],
    ["until no work was left", seconds(report.drainMs)],
    ["repeat with", report.command],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  const verdict =
    report.broken.length === 0
      ? ["Every promise was kept."]
      : [
          `${report.broken.length} promises were broken:`,
          ...report.broken.map((sentence) => `- ${sentence}`),
          ...(report.kept === null ? [] : [`Data and logs: ${report.kept}`]),
        ];
  return [...table, "", ...verdict, ""].join("\n");
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const counts = (of: ReadonlyMap<string, number>): string =>
  of.size === 0
    ? "none"
    : [...of]
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([name, times]) => `${name} ${times}`)
        .join(", ");
