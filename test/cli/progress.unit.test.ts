import { expect, test } from "vitest";
import { createProgress, progressLine } from "../../src/cli/progress.ts";

function recordingStream(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 100, written, write: (text: string) => written.push(text) };
}

test("a terminal sees one line that is drawn over, with a bar, and ends with the last count", () => {
  const stream = recordingStream(true);
  const progress = createProgress(stream, "Posting orders", "orders", 4);
  progress.at(1);
  progress.at(2);
  progress.at(4);
  progress.end();
  expect(stream.written[0]).toMatch(/Posting orders .*\[#{6}\.{18}\] +25% {2}1 of 4 orders/);
  expect(stream.written[0]).toMatch(/^\r/);
  expect(stream.written.at(-2)).toContain("100%  4 of 4 orders");
  expect(stream.written.at(-1)).toBe("\n");
});

test("a log gets whole lines without control characters, and few of them", () => {
  const stream = recordingStream(false);
  const progress = createProgress(stream, "Posting orders", "orders", 1_000);
  for (let done = 1; done <= 1_000; done += 1) progress.at(done);
  progress.end();
  progress.end();
  expect(stream.written).toHaveLength(1);
  expect(stream.written[0]).toMatch(
    /^Posting orders +100% {2}1,000 of 1,000 orders {2}\d+\.\d s\n$/,
  );
});

test("a step of no known length shows its count alone", () => {
  const shown = {
    label: "Reading",
    unit: "rows",
    total: undefined,
    done: 12_345,
    seconds: 2,
    live: true,
  };
  expect(progressLine(shown).replaceAll(/ +/g, " ")).toBe("Reading 12,345 rows 2.0 s");
});
