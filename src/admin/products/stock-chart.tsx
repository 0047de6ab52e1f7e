// How a count went, with the limit drawn in. Loaded only where it is shown: charts are a heavy library.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import type { StockHistoryReply } from "../../api/reports/report-schemas.ts";
import { number } from "../words/numbers.ts";

const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const hour = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const second = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The axis of a period says days, times, or seconds, whichever tell its ends apart. */
function labelFor(periodMs: number): Intl.DateTimeFormat {
  if (periodMs > 2 * 86_400_000) return day;
  return periodMs > 15 * 60_000 ? hour : second;
}

type StockChartProps = {
  readonly history: StockHistoryReply;
  /** The moment that the count of now belongs to. */
  readonly now: number;
};

/** The chart. What it shows stands in the ledger below it too, so that nobody depends on seeing it. */
export function StockChart({ history, now }: StockChartProps) {
  const { limit, points, unitsBefore } = history;
  // A count that is younger than the period begins where it was first made.
  const began = unitsBefore === null ? points[0]?.at : undefined;
  const since = Date.parse(began ?? history.since);
  const label = labelFor(now - since);
  return (
    <AreaChart
      h={260}
      data={pointsOf(history, since, now)}
      dataKey="at"
      series={[{ name: "units", label: "Units in stock", color: "tally.6" }]}
      curveType="stepAfter"
      fillOpacity={0.18}
      withDots={false}
      withGradient={false}
      strokeWidth={2}
      gridAxis="x"
      valueFormatter={number}
      xAxisProps={{
        type: "number",
        scale: "time",
        domain: [since, now],
        ticks: ticksBetween(since, now),
        minTickGap: 24,
        tickFormatter: (at: number) => label.format(at),
      }}
      yAxisProps={{ width: 52, allowDecimals: false, domain: [yMin(history), "auto"] }}
      tooltipProps={{ labelFormatter: (at) => (typeof at === "number" ? moment.format(at) : "") }}
      referenceLines={[
        {
          y: limit,
          label: limit === 0 ? "Nothing left" : `Limit ${number(limit)}`,
          color: "red.7",
          labelPosition: "insideBottomRight",
          // A limit above every count of the period is drawn all the same: it says how far below it is.
          ifOverflow: "extendDomain",
        },
      ]}
      accessibilityLayer={false}
    />
  );
}

function pointsOf(
  { points, unitsBefore, unitsInStock }: StockHistoryReply,
  from: number,
  to: number,
) {
  const begin = unitsBefore === null ? [] : [{ at: from, units: unitsBefore }];
  const middle = points.map(({ at, units }) => ({ at: Date.parse(at), units }));
  return [...begin, ...middle, { at: to, units: unitsInStock }];
}

/** Evenly spread moments for the axis. */
function ticksBetween(from: number, to: number): number[] {
  return Array.from({ length: 6 }, (_none, place) => from + ((to - from) * place) / 5);
}

/** Zero is the ground, unless a count went below it. */
function yMin({ points, unitsInStock }: StockHistoryReply): number {
  return Math.min(0, unitsInStock, ...points.map(({ lowest }) => lowest));
}
