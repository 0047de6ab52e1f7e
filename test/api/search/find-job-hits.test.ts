import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findJobHits } from "../../../src/api/search/find-hits.ts";
import { orderAgainJob } from "../../../src/queues/jobs/process-order.ts";
import { expiryJob, overdueJob } from "../../../src/queues/jobs/expire-order.ts";
import { isJobId } from "../../../src/queues/jobs/job.ts";
import { alertJob } from "../../../src/queues/jobs/check-low-stock.ts";
import { mailJob } from "../../../src/queues/jobs/send-mail.ts";
import { webhookJob } from "../../../src/queues/jobs/deliver-webhook.ts";
import { queueBackends } from "../../support/backends.ts";
import { startTestService } from "../../support/service.ts";

const id = randomUUID();

describe.each(queueBackends)("the search for jobs on $name", (backend) => {
  it("finds no part of the store that is no job, and says if a queue does not answer", async () => {
    const service = await startTestService({ backend, roles: ["api"] });
    try {
      const { queues } = service;
      for (const q of ["meta", "id", "events", "wait", "__default__", `${id}-x`]) {
        expect([q, await findJobHits(queues, q, {})]).toEqual([q, { hits: [], incomplete: [] }]);
      }
      const away = { ...queues["send-mail"], lookUp: () => Promise.reject(new Error("away")) };
      const found = await findJobHits({ ...queues, "send-mail": away }, id, {});
      expect(found).toEqual({ hits: [], incomplete: ["job"] });
    } finally {
      await service.stop();
    }
  });
});

it("every job of the service has an id that is looked up", () => {
  const order = { id, reference: "SO-1", lines: 1, awaited: true };
  const mail = { id, to: "ann@example.com", about: "low" };
  const jobs = [
    orderAgainJob(order),
    expiryJob(order, 5),
    overdueJob(order),
    alertJob({ id, number: 3, sku: "MUG", notice: "low" }),
    mailJob(mail),
    webhookJob({ id, url: "https://shop.example/hooks" }),
  ];
  for (const job of jobs) expect([job.id, isJobId(job.id)]).toEqual([job.id, true]);
});
