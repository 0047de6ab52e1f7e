// The job `deliver-webhook`. An endpoint that has something to do has one, which is announced by whoever sees that. It
// is a hint: the endpoint's row has its place in the feed.

import * as z from "zod";
import { endpointsMax } from "../../domain/webhooks/endpoint.ts";
import { type Announcement, type Job, keptJobs } from "./job.ts";

const payloadSchema = z.object({ v: z.literal(1), endpoint: z.uuid(), host: z.string() });

/**
 * Delivers to one endpoint for some seconds. Each endpoint can have a job at once, so that one that answers slowly holds
 * up no other. A finished job is not kept, because the next one has the same id.
 */
export const deliverWebhook = {
  name: "deliver-webhook",
  queue: "webhooks",
  concurrency: endpointsMax,
  jobOptions: {
    attempts: 3,
    backoff: { type: "exponential", delay: 1_000, jitter: 0.5 },
    ...keptJobs,
    removeOnComplete: { count: 0 },
  },
  payloadSchema,
  purpose:
    "One job per webhook endpoint that has events to get: it delivers for some seconds, and the next one goes on.",
  titleOf: ({ host }) => `Webhooks to ${host}`,
  pageOf: (payload) =>
    payload === null
      ? { displayText: "Webhooks", href: "/admin/settings/webhooks" }
      : { displayText: "Webhook", href: `/admin/settings/webhooks/${payload.endpoint}` },
} as const satisfies Job<z.output<typeof payloadSchema>>;

/** An endpoint that has something to do. */
export type WebhookWork = { readonly id: string; readonly url: string };

/** The job that delivers to an endpoint. Addresses may hold secrets, so the job has the host alone. */
export function webhookJob({ id, url }: WebhookWork): Announcement<z.input<typeof payloadSchema>> {
  return { id, data: { v: 1, endpoint: id, host: URL.parse(url)?.host ?? "?" } };
}
