// The texts of the hours of a chart.

/** The texts. */
export const chartTimes = {
  now: "now",
  /** The current hour, and another one. */
  untilNow: (begin: string) => `${begin} until now`,
  hour: (begin: string, end: string) => `${begin}–${end}`,
};
