// The spans of orders in the hands of a worker. Each order of a job has one in the trace of its own request; a batch has one
// of its own, which links to those of its orders.

import type { OrderOutcome } from "./decide-batch.ts";
import type { SpanFacts, TracedSpan, Tracing } from "../flow/tracing.ts";
import type { JobProcessor } from "../queues/backend.ts";
import type { Payload } from "../queues/jobs/all-jobs.ts";

type Job = Pick<Parameters<JobProcessor>[0], "id" | "attemptsStarted">;

/** Begins the span of each order of a job. */
export function beginOrders(
  tracing: Tracing,
  job: Job,
  orders: Payload<"process-order">["orders"],
): readonly TracedSpan[] {
  return orders.map(({ order, trace }) =>
    tracing.start("process-order", {
      kind: "consumer",
      parent: trace,
      facts: { "tallyman.order": order, "messaging.message.id": job.id ?? "" },
      attempt: { of: `${job.id} ${order}`, number: job.attemptsStarted },
    }),
  );
}

/** Ends the spans of a job's orders. */
export function endOrders(
  spans: readonly TracedSpan[],
  results: readonly PromiseSettledResult<OrderOutcome>[],
): void {
  for (const [index, span] of spans.entries()) {
    const result = results[index];
    if (result?.status === "fulfilled") span.end({ "tallyman.outcome": result.value.outcome });
    else span.end({}, result?.reason ?? "unknown");
  }
}

/** What a batch's span tells. */
export function factsOfBatch(results: readonly PromiseSettledResult<OrderOutcome>[]): SpanFacts {
  const failed = results.filter(({ status }) => status === "rejected").length;
  return { "tallyman.orders": results.length, "tallyman.orders_failed": failed };
}
