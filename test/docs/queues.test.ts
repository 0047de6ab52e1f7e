// The table of queues in "How it works", against the declarations of the jobs.

import { expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { jobNames, jobs } from "../../src/queues/jobs/all-jobs.ts";
import { jobOrdersMax } from "../../src/queues/jobs/process-order.ts";
import { jobsInHand } from "../../src/workers/process-order.ts";
import { readText, tableBelow } from "./markdown.ts";

const page = "docs/how-it-works.md";
const batchOrdersMax = readConfig({}).BATCH_ORDERS_MAX;
const number = (value: number): string => value.toLocaleString("en");

/** A queue's row as its policy has it. What follows in words, after a comma or colon, is left to the reader. */
function expectedRow(name: (typeof jobNames)[number]): string[] {
  const job = jobs[name];
  const { attempts, backoff, removeOnComplete, removeOnFail } = job.jobOptions;
  const concurrency = "concurrency" in job ? job.concurrency : jobsInHand(batchOrdersMax);
  const jittered = backoff.jitter > 0 ? ", jittered" : "";
  return [
    `\`${job.queue}\``,
    number(concurrency),
    number(attempts),
    `${backoff.delay / 1_000} s${backoff.type === "exponential" ? ", doubling" : ""}${jittered}`,
    number(removeOnComplete.count),
    `${number(removeOnFail.count)}, ${removeOnFail.age / (24 * 3600)} days`,
  ];
}

it("names each queue with its jobs at once, attempts, delays and what is kept", () => {
  const rows = tableBelow(page, "The queues").map(
    ([queue = "", atOnce = "", attempts = "", delays = "", ...kept]) => [
      queue,
      atOnce.replace(", see below", ""),
      attempts,
      delays.replace(/: .*$/, ""),
      ...kept,
    ],
  );
  expect(rows).toEqual(jobNames.map(expectedRow));
});

it("names each job's queue where it says what a job is a hint for", () => {
  const named = tableBelow(page, "The row is the truth, the job is a hint").map(([, , job]) => job);
  expect(named).toEqual(Object.values(jobs).map(({ queue, name }) => `\`${queue}\` / \`${name}\``));
});

it("says how many mails' attempts take, in minutes", () => {
  const { attempts, backoff } = jobs["send-mail"].jobOptions;
  const minutes = Math.round((backoff.delay * (2 ** (attempts - 1) - 1)) / 60_000);
  expect(readText(page)).toContain(`about ${minutes} minutes in all`);
  expect(readText("docs/operations.md")).toContain(`tried for about ${minutes} minutes`);
});

it("says how many jobs of orders follow from the size of a batch", () => {
  const text = readText(page).replaceAll(/\s+/g, " ");
  expect(text).toContain(
    `\`BATCH_ORDERS_MAX\` × 3 / ${jobOrdersMax}, and at least ${jobsInHand(1)}`,
  );
});
