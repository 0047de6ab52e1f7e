// The job `send-mail`. A mail has one job, which goes by the mail's id.

import * as z from "zod";
import { currentOrigin } from "../../db/request-scope.ts";
import { type Announcement, type Job, keptJobs, originShape } from "./job.ts";

const payloadSchema = z.object({
  v: z.literal(1),
  mail: z.uuid(),
  to: z.string(),
  about: z.string(),
  ...originShape,
});

/** Sends a mail. It waits for somebody else's server, which may be away for hours. */
export const sendMail = {
  name: "send-mail",
  queue: "mail",
  concurrency: 5,
  jobOptions: {
    attempts: 10,
    // 5 s, 10 s, 20 s ... about 43 minutes in all; then the mail is marked as failed.
    backoff: { type: "exponential", delay: 5_000, jitter: 0.2 },
    ...keptJobs,
  },
  payloadSchema,
  purpose: "One job per mail: tries again, later and later, until it is taken.",
  titleOf: ({ to, about }) => `Mail to ${to} about ${about}`,
  pageOf: (payload) => ({
    displayText: "Mail",
    href: `/admin/settings/mails/${payload?.mail ?? ""}`,
  }),
} as const satisfies Job<z.output<typeof payloadSchema>>;

/** A mail to be sent: its id, its recipient's address and what it is about. */
export type MailWork = { readonly id: string; readonly to: string; readonly about: string };

/** The job for a mail. It begins in `delayMs` milliseconds, and comes from what is being done. */
export function mailJob(
  { id, to, about }: MailWork,
  delayMs = 0,
): Announcement<z.input<typeof payloadSchema>> {
  const data = { v: 1, mail: id, to, about, ...currentOrigin() } as const;
  return delayMs > 0 ? { id, data, delayMs: Math.ceil(delayMs) } : { id, data };
}
