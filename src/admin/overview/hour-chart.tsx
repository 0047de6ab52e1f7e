// Orders or units per hour as bars. Loaded only where it is shown: charts are a heavy library.

// eslint-disable-next-line import/no-unassigned-import -- styles are there for their effect
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { OverviewReply } from "../../api/reports/report-schemas.ts";
import { number } from "../words/numbers.ts";

const hourOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

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
  const data = hours.map(({ at, orders, rejected, units }) => ({
    at: hourOfDay.format(new Date(at)),
    accepted: orders - rejected,
    rejected,
    units,
  }));
  return (
    <BarChart
      h={200}
      data={data}
      dataKey="at"
      type="stacked"
      series={series[of]}
      gridAxis="x"
      tickLine="none"
      valueFormatter={number}
      xAxisProps={{ minTickGap: 24 }}
      yAxisProps={{ width: 44, allowDecimals: false }}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
    />
  );
}
