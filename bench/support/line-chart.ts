// Draws line charts as SVG, side by side, for the documentation in light and dark.

/** One line of a chart. */
export type Line = {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
};

/** One chart. The horizontal axis is logarithmic and has a label at each point of the first line. */
export type Chart = {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
};

const size = { width: 520, height: 340, left: 70, right: 20, top: 44, bottom: 84 };
const colours = ["#1c7ed6", "#e8590c", "#2f9e44", "#9c36b5", "#868e96"];
const marks = 5;

/** Draws the charts next to each other. */
export function drawCharts(charts: readonly Chart[]): string {
  const width = size.width * charts.length;
  const drawn = charts.map((chart, place) => {
    const label = escape(`${chart.title}: ${chart.yLabel} by ${chart.xLabel}`);
    return `<g transform="translate(${place * size.width} 0)" role="img" aria-label="${label}">${drawChart(chart)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${size.height}" font-family="system-ui, sans-serif" font-size="12">
<style>svg { background: #fff; fill: #222 } .grid { stroke: #8884; fill: none } .line { fill: none; stroke-width: 2 } @media (prefers-color-scheme: dark) { svg { background: #1a1b1e; fill: #ddd } }</style>
${drawn.join("\n")}
</svg>
`;
}

function drawChart({ title, xLabel, yLabel, lines }: Chart): string {
  const xs = lines[0]?.points.map(([x]) => x) ?? [];
  const top = niceTop(Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y))));
  const [first = 1, last = 10] = [xs[0], xs.at(-1)];
  const right = size.width - size.right;
  const bottom = size.height - size.bottom;
  const atX = (x: number): number =>
    size.left + (Math.log(x / first) / Math.log(last / first)) * (right - size.left);
  const atY = (y: number): number => bottom - (y / top) * (bottom - size.top);
  const levels = Array.from({ length: marks + 1 }, (_none, mark) => (top * mark) / marks);
  const middle = (size.top + bottom) / 2;
  return [
    `<text x="${size.left}" y="24" font-size="14" font-weight="600">${escape(title)}</text>`,
    ...levels.map(
      (y) =>
        `<path class="grid" d="M${size.left} ${at(atY(y))}H${right}"/><text x="${size.left - 8}" y="${at(atY(y) + 4)}" text-anchor="end">${y.toLocaleString("en")}</text>`,
    ),
    ...xs.map((x) => `<text x="${at(atX(x))}" y="${bottom + 18}" text-anchor="middle">${x}</text>`),
    `<text x="${(size.left + right) / 2}" y="${bottom + 38}" text-anchor="middle">${escape(xLabel)}</text>`,
    `<text transform="translate(16 ${middle}) rotate(-90)" text-anchor="middle">${escape(yLabel)}</text>`,
    ...lines.map(({ name, points }, place) => {
      const colour = colours[place % colours.length];
      const path = points.map(([x, y]) => `${at(atX(x))} ${at(atY(y))}`).join("L");
      const legendX = size.left + place * 108;
      const legendY = bottom + 62;
      return `<path class="line" stroke="${colour}" d="M${path}"/><path class="line" stroke="${colour}" d="M${legendX} ${legendY}h18"/><text x="${legendX + 24}" y="${legendY + 4}">${escape(name)}</text>`;
    }),
  ].join("\n");
}

const at = (place: number): string => place.toFixed(1);

/** Rounds up to 1, 2, 2.5, 5 or 10 times a power of ten. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
