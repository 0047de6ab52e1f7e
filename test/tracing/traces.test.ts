// Traces as a collector gets them, from the request to the mail.

import { createServer } from "node:net";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { queueBackends } from "../support/backends.ts";
import { drawTrace, type ReceivedSpan, startCollector } from "../support/collector.ts";
import { startTestService, type TestService } from "../support/service.ts";

const patience = { timeout: 60_000, interval: 100 };
const clientsTrace = "0af7651916cd43dd8448eb211c80319c";
const clientsSpan = "b7ad6b7169203331";

const lastUnit = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 6 }] };
const mug = { name: "Mug", unitsInStock: 10, stockAlertThreshold: 5 };

describe.each(queueBackends)("with the queue on $name", (backend) => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let mails: Awaited<ReturnType<typeof startSmtpReceiver>>;
  let service: TestService;
  let refusals = 0;

  beforeEach(async () => {
    collector = await startCollector();
    // It takes each mail at the second attempt.
    refusals = 1;
    mails = await startSmtpReceiver({
      atRecipient: () =>
        (refusals -= 1) >= 0
          ? { code: 451, message: "4.7.1 Later for <ada@example.com>" }
          : undefined,
    });
    service = await startTestService({
      backend,
      environment: {
        SMTP_URL: mails.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20secret",
        OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
      },
    });
  });
  afterEach(async () => {
    await service.stop();
    await mails[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
  });

  it(
    "one trace leads from the request to the mail; a batch and a retry link and do not nest",
    { timeout: 120_000 },
    async () => {
      await service.send("PUT", "/products/MUG", mug);
      const headers = {
        traceparent: `00-${clientsTrace}-${clientsSpan}-01`,
        "x-request-id": "checkout-77",
      };
      expect((await service.send("POST", "/orders", lastUnit, headers)).status).toBe(202);
      const spansOf = (name: string) => collector.spans.filter((span) => span.name === name);
      await vi.waitFor(() => expect(spansOf("send-mail")).toHaveLength(2), patience);
      const only = (name: string): ReceivedSpan => {
        const [span, ...others] = spansOf(name).filter(({ traceId }) => traceId === clientsTrace);
        if (span === undefined || others.length > 0) throw new Error(`Expected one ${name}.`);
        return span;
      };
      const ours = collector.spans.filter(({ traceId }) => traceId === clientsTrace);
      if (process.env["SHOW_TRACE"] !== undefined) process.stdout.write(drawTrace(ours));

      const post = only("POST /api/v1/orders");
      expect(post).toMatchObject({
        parentSpanId: clientsSpan,
        attributes: {
          "http.response.status_code": 202,
          "tallyman.request_id": "checkout-77",
        },
      });
      const order = only("process-order");
      expect(order).toMatchObject({
        parentSpanId: post.spanId,
        attributes: { "tallyman.outcome": "confirmed" },
      });
      const check = only("check-low-stock");
      expect(check.parentSpanId).toBe(order.spanId);
      expect(check.attributes["tallyman.request_id"]).toBe("checkout-77");
      const [first, second] = spansOf("send-mail").toSorted((one, other) =>
        Number(one.startTimeUnixNano - other.startTimeUnixNano),
      );
      expect([first?.parentSpanId, second?.parentSpanId]).toEqual([check.spanId, check.spanId]);
      expect([first?.status.code, second?.status.code ?? 0]).toEqual([2, 0]);
      // Neither the reader's address nor what the mail server said is in the trace.
      expect(first?.status.message).toBe("Error");
      for (const { attributes, status } of collector.spans) {
        expect(JSON.stringify([attributes, status])).not.toMatch(/@|4\.7\.1/);
      }
      expect(second?.links).toMatchObject([{ traceId: clientsTrace, spanId: first?.spanId }]);
      expect(second?.attributes["tallyman.request_id"]).toBe("checkout-77");

      const [stored] = spansOf("store orders");
      expect(stored?.links).toMatchObject([{ traceId: clientsTrace, spanId: post.spanId }]);
      const [batch] = spansOf("decide batch");
      expect(batch?.links).toMatchObject([{ traceId: clientsTrace, spanId: order.spanId }]);
      expect([batch?.traceId, stored?.traceId]).not.toContain(clientsTrace);
      expect(collector.resources[0]).toMatchObject({
        "service.name": "tallyman",
        "deployment.environment.name": "test",
        path: "/v1/traces",
        key: "a secret",
      });
    },
  );

  it("an order that came without an id keeps the one that its answer told", async () => {
    await service.send("PUT", "/products/MUG", mug);
    const answer = await service.send("POST", "/orders", lastUnit);
    const [stored] = await service.sql<{ told: string }>('select request_id as told from "order"');
    expect(stored?.told).toBe(answer.headers.get("x-request-id"));
  });
});

/** A server that takes connections and never answers. */
async function startSilentServer() {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: z.object({ port: z.number() }).parse(server.address()).port };
}

it.each(["is down", "never answers"])(
  "if the collector %s, orders are taken and a stop ends in time",
  async (how) => {
    const silent = how === "is down" ? undefined : await startSilentServer();
    const port = silent?.port ?? (await findFreePort());
    const service = await startTestService({
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        SHUTDOWN_DEADLINE_MS: "8000",
      },
    });
    try {
      await service.send("PUT", "/products/MUG", mug);
      const answer = await service.send("POST", "/orders", lastUnit, { prefer: "wait=10" });
      expect(answer.status).toBe(201);
    } finally {
      const begun = performance.now();
      await service.stop();
      expect(performance.now() - begun).toBeLessThan(8_000);
      silent?.server.close();
    }
  },
);

it("without the settings an order keeps no id that its client did not send, and its job has no trace", async () => {
  const service = await startTestService({ roles: ["api"] });
  try {
    await service.send("PUT", "/products/MUG", mug);
    await service.send("POST", "/orders", lastUnit);
    expect(await service.sql('select request_id from "order"')).toEqual([{ request_id: null }]);
    const jobs = await vi.waitFor(async () => {
      const found = await service.queues["process-order"].bull.getJobs();
      expect(found).toHaveLength(1);
      return found;
    }, patience);
    expect(JSON.stringify(jobs[0]?.data)).not.toContain("trace");
  } finally {
    await service.stop();
  }
});
