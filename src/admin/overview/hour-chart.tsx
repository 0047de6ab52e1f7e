// Orders or units per hour as bars. Loaded on demand, because the chart library is large.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { OverviewReply } from "../../contract/reports.ts";
import { hourWords } from "../words/chart-times.ts";
import { number } from "../words/numbers.ts";
import { overview } from "../words/en/overview.tsx";

type HourChartProps = {
  readonly hours: OverviewReply["hours"];
  readonly of: "orders" | "units";
};

const text = overview.hours;

const series = {
  orders: [
    { name: "accepted", label: text.accepted, color: "tally.6" },
    { name: "rejected", label: text.rejected, color: "red.7" },
  ],
  units: [{ name: "units", label: text.ordered, color: "teal.7" }],
};

/** The chart. The label of its figure gives the sums as text. */
export function HourChart({ hours, of }: HourChartProps) {
  const words = hourWords(hours.map(({ at }) => at));
  // Bars are keyed by position, because the same time of day is at both ends.
  const data = hours.map(({ orders, rejected, units }, place) => ({
    place,
    accepted: orders - rejected,
    rejected,
    units,
  }));
  return (
    <BarChart
      h={200}
      data={data}
      dataKey="place"
      type="stacked"
      series={series[of]}
      gridAxis="x"
      tickLine="none"
      valueFormatter={number}
      xAxisProps={{
        ticks: words.map((_words, place) => place).filter((place) => place % 6 === 0),
        interval: 0,
        tickFormatter: (place: number) => words[place]?.tick ?? "",
      }}
      tooltipProps={{
        labelFormatter: (place) => (typeof place === "number" ? words[place]?.note : ""),
      }}
      yAxisProps={{ width: 44, allowDecimals: false }}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
