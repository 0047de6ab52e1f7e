// Shows on standard error how far a command is: a bar that is drawn over where that is a terminal, and a
// plain line every few seconds where it is a file or a log.

/** What progress is written to; `process.stderr` is one. */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

/** One step of a command on its way. */
export type Progress = {
  /** Says how much is done by now; may be called as often as it changes. */
  readonly at: (done: number) => void;
  /** Says that the step is over, with what is done by now. May be called again, to no effect. */
  readonly end: () => void;
};

const redrawEveryMs = 100;
const lineEveryMs = 5_000;

/**
 * Begins to show a step. `total` is undefined where it is not known beforehand, and then only a count is
 * shown. `unit` is what is counted, as in `rows`.
 */
export function createProgress(
  stream: ProgressStream,
  label: string,
  unit: string,
  total?: number,
): Progress {
  const begunAt = performance.now();
  const live = stream.isTTY === true;
  let shownAt = live ? Number.NEGATIVE_INFINITY : begunAt;
  let latest = 0;
  let over = false;
  let shown = -1;

  const show = (): void => {
    shown = latest;
    const seconds = (performance.now() - begunAt) / 1000;
    const text = progressLine({ label, unit, total, done: latest, seconds, live });
    // Some terminals do not know their width, and say that it is 0.
    const width = (stream.columns || 80) - 1;
    stream.write(live ? `\r\u001B[K${text.slice(0, width)}` : `${text}\n`);
  };

  return {
    at(done) {
      latest = done;
      if (over || performance.now() - shownAt < (live ? redrawEveryMs : lineEveryMs)) return;
      shownAt = performance.now();
      show();
    },
    end() {
      if (over) return;
      over = true;
      if (live || shown !== latest) show();
      if (live) stream.write("\n");
    },
  };
}

type Shown = {
  readonly label: string;
  readonly unit: string;
  readonly total: number | undefined;
  readonly done: number;
  readonly seconds: number;
  readonly live: boolean;
};

const barWidth = 24;

/** One line of progress, with a bar where it is live and has an end. */
export function progressLine({ label, unit, total, done, seconds, live }: Shown): string {
  const count = done.toLocaleString("en");
  const time = `${seconds.toFixed(1)} s`;
  if (total === undefined) return `${label.padEnd(20)} ${count} ${unit}  ${time}`;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * barWidth);
  const bar = live ? `[${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ` : "";
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `${label.padEnd(20)} ${bar}${percent}  ${count} of ${total.toLocaleString("en")} ${unit}  ${time}`;
}
