// What a process counts of jobs, mails, webhooks and sweeps.

import { Counter, Histogram, type Registry } from "@prometheus-io/client";

/** The counters of a worker. */
export type WorkMetrics = {
  /** Rows whose job was lost and which a sweep announced again, by queue. */
  readonly sweptTotal: Counter<"queue">;
  /** Sweeps, by what they came to. */
  readonly sweeps: Counter<"outcome">;
  /** Attempts of this process to deliver a webhook. */
  readonly webhookAttempts: Counter<"outcome">;
  /** Attempts of this process at a job. */
  readonly jobAttempts: Counter<"queue" | "outcome">;
  /** An attempt at a mail ended. `newsSeconds` is how long after its news a mail about an alert was sent. */
  readonly onMail: (outcome: "sent" | "retried" | "failed", newsSeconds: number | null) => void;
};

const mailTimes = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];

/** Creates the metrics, each at zero. */
export function addWorkMetrics(registry: Registry, queues: readonly string[]): WorkMetrics {
  const registers = [registry];
  const sweptTotal = new Counter({
    name: "tallyman_swept_total",
    help: "Orders, alerts and mails that were announced again because their job was lost",
    labelNames: ["queue"],
    registers,
  });
  for (const queue of queues) sweptTotal.inc({ queue }, 0);
  const byOutcome = (name: string, help: string, outcomes: readonly string[]) => {
    const counter = new Counter({ name, help, labelNames: ["outcome"], registers });
    for (const outcome of outcomes) counter.inc({ outcome }, 0);
    return counter;
  };
  const sweeps = byOutcome("tallyman_sweeps_total", "Sweeps, by what they came to", [
    "found",
    "nothing",
    "failed",
  ]);
  const webhookAttempts = byOutcome(
    "tallyman_webhook_attempts_total",
    "Attempts to deliver a webhook",
    ["delivered", "failed"],
  );
  const mailAttempts = byOutcome("tallyman_mail_attempts_total", "Attempts to send a mail", [
    "sent",
    "retried",
    "failed",
  ]);
  const jobAttempts = new Counter({
    name: "tallyman_job_attempts_total",
    help: "Attempts at a job",
    labelNames: ["queue", "outcome"],
    registers,
  });
  for (const queue of queues) {
    for (const outcome of ["completed", "retried", "failed"])
      jobAttempts.inc({ queue, outcome }, 0);
  }
  const alertMail = new Histogram({
    name: "tallyman_alert_mail_seconds",
    help: "Time from an alert's news to the mail server's acceptance of a mail about it",
    buckets: mailTimes,
    registers,
  });
  return {
    sweptTotal,
    sweeps,
    webhookAttempts,
    jobAttempts,
    onMail(outcome, newsSeconds) {
      mailAttempts.inc({ outcome });
      if (newsSeconds !== null) alertMail.observe(Math.max(0, newsSeconds));
    },
  };
}
