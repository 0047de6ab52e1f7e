// Reads the metrics of a service as Prometheus does.

/** A value with its labels. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Scrapes a service. Throws if a line is not one of Prometheus's text format. */
export async function scrape(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly Sample[]> {
  const response = await fetch(`${url}/metrics`, { headers });
  if (response.status !== 200) throw new Error(`Expected a scrape; got ${response.status}.`);
  return samplesOf(await response.text());
}

/** The samples of a text in Prometheus's format. */
export function samplesOf(text: string): readonly Sample[] {
  return text
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (found === null) throw new Error(`Expected a sample; got ${line}`);
      const [, name = "", labels = "", value = ""] = found;
      const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, key = "", content = ""]) => [key, content])),
        value: value === "+Inf" ? Infinity : Number(value),
      };
    });
}

/** The value of the only sample with this name and at least these labels. Undefined if there is none. */
export function valueOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const found = samples.filter(
    (sample) =>
      sample.name === name &&
      Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  );
  if (found.length > 1) throw new Error(`Expected one ${name}; got ${found.length}.`);
  return found[0]?.value;
}
