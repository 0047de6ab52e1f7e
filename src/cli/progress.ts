// Shows how far a command is: a bar on a terminal, or a line every few seconds in a file or a log.

/** The stream that progress is written to, such as `process.stderr`. */
export type ProgressStream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
};

/** The progress of one step of a command. */
export type Progress = {
  /** Takes how much is done by now. May be called often: it limits how often it writes. */
  readonly at: (done: number) => void;
  /** Ends the step and shows its last count. A second call does nothing. */
  readonly end: () => void;
};

const redrawEveryMs = 100;
const lineEveryMs = 5_000;

/**
 * Begins to show a step. `unit` is what is counted, such as `rows`. If `total` is undefined, only the count is shown,
 * without a share.
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
    // Some terminals report a width of 0.
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

/** One line of progress; with a bar if it is live and has a total. */
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
