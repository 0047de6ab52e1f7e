// A count over time, with its threshold. Loaded on demand, because the chart library is large.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { useMediaQuery } from "@mantine/hooks";
import type { StockHistoryReply } from "../../contract/reports.ts";
import { axisTicks } from "../words/chart-times.ts";
import { stockHistory } from "../words/en/products/history.tsx";
import { fullDateTime } from "../words/time.tsx";
import { number } from "../words/numbers.ts";

const text = stockHistory.chart;

type StockChartProps = {
  readonly history: StockHistoryReply;
  /** When the current count was read. */
  readonly now: number;
};

/** The chart. The ledger below it has the same data as text. */
export function StockChart({ history, now }: StockChartProps) {
  const { limit } = history;
  const isNarrow = useMediaQuery("(max-width: 36em)");
  // The axis covers the whole chosen period, even if the count is younger.
  const since = Date.parse(history.since);
  const data = pointsOf(history, since, now);
  // The browser's clock may be behind the service's.
  const until = data.at(-1)?.at ?? now;
  const ticks = axisTicks(since, until, isNarrow ? 4 : 8);
  const words = new Map(ticks.map((tick) => [tick.at, tick.words]));
  return (
    <AreaChart
      h={260}
      data={data}
      dataKey="at"
      series={[{ name: "units", label: text.units, color: "tally.6" }]}
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
        domain: [since, until],
        ticks: ticks.map(({ at }) => at),
        interval: 0,
        tickFormatter: (at: number) => words.get(at) ?? "",
      }}
      yAxisProps={{ width: 52, allowDecimals: false, domain: [yMin(history), "auto"] }}
      tooltipProps={{ labelFormatter: (at) => (typeof at === "number" ? fullDateTime(at) : "") }}
      referenceLines={[
        {
          y: limit,
          label: limit === 0 ? text.nothingLeft : text.threshold(limit),
          color: "red.7",
          labelPosition: "insideBottomRight",
          // Shows the threshold even if it is above every count of the period.
          ifOverflow: "extendDomain",
        },
      ]}
      accessibilityLayer={false}
    />
  );
}

type ChartPoint = { readonly at: number; readonly units: number };

function pointsOf(
  { points, unitsBefore, unitsInStock }: StockHistoryReply,
  from: number,
  to: number,
): ChartPoint[] {
  const begin = unitsBefore === null ? [] : [{ at: from, units: unitsBefore }];
  const middle = points.flatMap(({ at, units, lowest }) => {
    const end = { at: Date.parse(at), units };
    // Also draws the lowest count in between, just before the point, so that a sell-out is visible.
    return lowest < units ? [{ at: end.at - 1, units: lowest }, end] : [end];
  });
  const last = Math.max(to, middle.at(-1)?.at ?? to);
  return [...begin, ...middle, { at: last, units: unitsInStock }];
}

/** The axis starts at zero, or at the lowest count if that is below zero. */
function yMin({ points, unitsInStock }: StockHistoryReply): number {
  return Math.min(0, unitsInStock, ...points.map(({ lowest }) => lowest));
}
