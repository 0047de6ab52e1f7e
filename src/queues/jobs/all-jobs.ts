// The jobs that there are. Queues, workers, the sweeper, Bull Board and the metrics all follow from this list.

import type * as z from "zod";
import { checkLowStock } from "./check-low-stock.ts";
import { deliverWebhook } from "./deliver-webhook.ts";
import { expireOrder } from "./expire-order.ts";
import type { Announcement, Job } from "./job.ts";
import { processOrder } from "./process-order.ts";
import { sendMail } from "./send-mail.ts";

/** Every job, by its name. */
export const jobs = {
  "process-order": processOrder,
  "check-low-stock": checkLowStock,
  "send-mail": sendMail,
  "expire-order": expireOrder,
  "deliver-webhook": deliverWebhook,
} as const;

/** The name of a job. */
export type JobName = keyof typeof jobs;

/** Every job's name, in the order in which the service lists them. */
export const jobNames = Object.values(jobs).map(({ name }) => name);

type PayloadSchema<Name extends JobName> = (typeof jobs)[Name]["payloadSchema"];

/** A job's payload, as its worker gets it. */
export type Payload<Name extends JobName> = z.output<PayloadSchema<Name>>;

/** A job of this name to be announced. */
export type AnnouncementOf<Name extends JobName> = Announcement<z.input<PayloadSchema<Name>>>;

/** The same jobs, so that code for any job knows that a job's functions take its own payload. */
const declarations: { readonly [Name in JobName]: Job<Payload<Name>> } = jobs;

/** The declaration of a job. */
export function jobOf<Name extends JobName>(name: Name): Job<Payload<Name>> {
  return declarations[name];
}

/** Makes a record of one value for each job. */
export function mapJobs<Made>(make: (name: JobName) => Made): Record<JobName, Made> {
  return {
    "process-order": make("process-order"),
    "check-low-stock": make("check-low-stock"),
    "send-mail": make("send-mail"),
    "expire-order": make("expire-order"),
    "deliver-webhook": make("deliver-webhook"),
  };
}
