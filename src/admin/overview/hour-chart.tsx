// Orders or units per hour as bars. Loaded only where it is shown: charts are a heavy library.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { OverviewReply } from "../../contract/reports.ts";
import { hourWords } from "../words/chart-times.ts";
import { number } from "../words/numbers.ts";

type HourChartProps = {
  readonly hours: OverviewReply["hours"];
  readonly of: "orders" | "units";
};

const series = {
  orders: [
    { name: "accepted", label: "Accepted", color: "tally.6" },
    { name: "rejected", label: "Rejected", color: "red.7" },
  ],
  units: [{ name: "units", label: "Units", color: "teal.7" }],
};

/** The chart; its figure says the sums in words. */
export function HourChart({ hours, of }: HourChartProps) {
  const words = hourWords(hours.map(({ at }) => at));
  // A bar is found by its place: the same time of day stands at both ends.
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
