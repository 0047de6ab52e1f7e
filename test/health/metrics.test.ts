// What a process counts itself, against what was done.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueBackends } from "../support/backends.ts";
import { type Sample, scrape, valueOf } from "../support/scrape.ts";
import { startTestService, type TestService } from "../support/service.ts";

type Counted = readonly [name: string, labels: Readonly<Record<string, string>>, byHowMuch: number];

describe.each(queueBackends)("metrics, with the queue on $name", (backend) => {
  let service: TestService;
  let before: readonly Sample[];

  const order = (reference: string, sku: string, quantity: number) =>
    service.send(
      "POST",
      "/orders",
      { reference, lines: [{ sku, quantity }] },
      { prefer: "wait=10" },
    );

  /** By how much each of these has risen since the start. */
  const rises = async (counted: readonly Counted[]): Promise<readonly Counted[]> => {
    const now = await scrape(service.url);
    return counted.map(([name, labels]) => [
      name,
      labels,
      (valueOf(now, name, labels) ?? 0) - (valueOf(before, name, labels) ?? 0),
    ]);
  };

  beforeAll(async () => {
    service = await startTestService({ backend });
    before = await scrape(service.url);
    await service.send("PUT", "/products/CUP", {
      name: "Cup",
      unitsInStock: 5,
      stockAlertThreshold: 2,
      outOfStockThreshold: 0,
    });
    expect((await order("A", "CUP", 3)).status).toBe(201);
    expect((await order("A", "CUP", 3)).status).toBe(201);
    expect((await order("A", "CUP", 1)).status).toBe(409);
    expect((await order("B", "CUP", 3)).status).toBe(409);
    expect((await order("C", "NO-CUP", 1)).status).toBe(422);
    await service.send("POST", "/stock/CUP/adjustments", { delta: 4, reason: "found" });
  });
  afterAll(() => service.stop());

  it("counts orders by what became of them, and times their decisions", async () => {
    const received = "tallyman_orders_received_total";
    const counted: readonly Counted[] = [
      [received, { outcome: "accepted" }, 2],
      [received, { outcome: "known" }, 1],
      [received, { outcome: "reference-conflict" }, 1],
      [received, { outcome: "refused" }, 1],
      ["tallyman_orders_decided_total", { outcome: "confirmed" }, 1],
      ["tallyman_orders_decided_total", { outcome: "rejected" }, 1],
      ["tallyman_order_decision_seconds_count", {}, 2],
      ["tallyman_batch_orders_sum", { step: "decide" }, 2],
      ["tallyman_batch_orders_sum", { step: "store" }, 5],
    ];
    await expect.poll(() => rises(counted), { timeout: 15_000 }).toEqual(counted);
    const now = await scrape(service.url);
    const batches = valueOf(now, "tallyman_batch_orders_count", { step: "decide" });
    expect(valueOf(now, "tallyman_batch_lock_seconds_count")).toBe(batches);
    const seconds = valueOf(now, "tallyman_order_decision_seconds_sum") ?? 0;
    expect(seconds).toBeGreaterThan(0);
    // Two orders, each with a client that waits at most 10 s.
    expect(seconds).toBeLessThan(20);
  });

  it("counts what was written into the ledger", async () => {
    const counted: readonly Counted[] = [
      ["tallyman_movements_total", { kind: "sale" }, 1],
      ["tallyman_movements_total", { kind: "adjustment" }, 2],
      ["tallyman_movements_total", { kind: "restock" }, 0],
    ];
    await expect.poll(() => rises(counted), { timeout: 15_000 }).toEqual(counted);
  });

  it("counts the mail about the alert, and how long after its news it was sent", async () => {
    const counted: readonly Counted[] = [
      ["tallyman_mail_attempts_total", { outcome: "sent" }, 1],
      ["tallyman_alert_mail_seconds_count", {}, 1],
      ["tallyman_job_attempts_total", { queue: "mail", outcome: "completed" }, 1],
      ["tallyman_job_attempts_total", { queue: "mail", outcome: "retried" }, 0],
    ];
    await expect.poll(() => rises(counted), { timeout: 15_000 }).toEqual(counted);
  });

  it("times requests by the template of their route, also those that are refused", async () => {
    const of = (method: string, route: string, status: string) =>
      ["tallyman_http_request_duration_seconds_count", { method, route, status }] as const;
    const counted: readonly Counted[] = [
      [...of("POST", "/api/v1/orders", "201"), 2],
      [...of("POST", "/api/v1/orders", "409"), 2],
      [...of("POST", "/api/v1/orders", "422"), 1],
      [...of("PUT", "/api/v1/products/:sku", "201"), 1],
    ];
    await expect.poll(() => rises(counted), { timeout: 15_000 }).toEqual(counted);
    const series = async () => {
      const samples = await scrape(service.url);
      return samples.filter(({ name }) => name === "tallyman_http_request_duration_seconds_count");
    };
    for (const path of ["/nothing", "/api/v1/nothing", "/admin/assets", "/problems/out-of-stock"]) {
      const many = Array.from({ length: 3 }, async (_, number) => {
        const response = await fetch(`${service.url}${path}${number}`, { redirect: "manual" });
        await response.text();
      });
      await Promise.all(many);
    }
    await fetch(`${service.url}/api/v1/orders`, { method: "PROPFIND" });
    const routes = new Set((await series()).map(({ labels }) => labels["route"]));
    expect(
      [...routes].filter((route) => /\d|nothing/.test(route?.replace("/v1", "") ?? "")),
    ).toEqual([]);
    expect(routes).toContain("other");
    const unknown = (await series()).filter(({ labels }) => labels["method"] === "other");
    expect(unknown.map(({ labels }) => labels["status"])).toEqual(["401"]);
  });

  it("shows its pools, its queues, its build and its process", async () => {
    const samples = await scrape(service.url);
    const pools = samples.filter(({ name }) => name === "tallyman_pool_connections_max");
    expect(pools.map(({ labels }) => labels["pool"]).toSorted()).toEqual([
      "availability",
      "orders",
      "requests",
      "webhooks",
      "worker",
    ]);
    expect(valueOf(samples, "tallyman_pool_waiting", { pool: "orders" })).toBe(0);
    expect(valueOf(samples, "tallyman_queue_oldest_waiting_seconds", { queue: "orders" })).toBe(0);
    expect(valueOf(samples, "tallyman_build_info", { node: process.version })).toBe(1);
    expect(valueOf(samples, "process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(valueOf(samples, "nodejs_eventloop_lag_seconds")).toBeDefined();
  });
});

describe.each(queueBackends)("an API without a worker, with the queue on $name", (backend) => {
  it("shows how long work waits, and sweeps of nobody", async () => {
    const service = await startTestService({ backend, roles: ["api"] });
    try {
      await service.send("PUT", "/products/CUP", { name: "Cup", unitsInStock: 5 });
      await service.send("POST", "/orders", {
        reference: "WAITS",
        lines: [{ sku: "CUP", quantity: 1 }],
      });
      const read = async (name: string, labels = {}) =>
        valueOf(await scrape(service.url), name, labels);
      await expect
        .poll(() => read("tallyman_queue_oldest_waiting_seconds", { queue: "orders" }))
        .toBeGreaterThan(0.5);
      await expect.poll(() => read("tallyman_orders_oldest_seconds")).toBeGreaterThan(0.5);
      const samples = await scrape(service.url);
      expect(valueOf(samples, "tallyman_sweeps_total", { outcome: "nothing" })).toBe(0);
    } finally {
      await service.stop();
    }
  });
});
