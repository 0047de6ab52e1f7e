// The alert rules and the dashboard in `ops`, against a scrape of a service and the runbook.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absolute, headingsOf } from "./docs/markdown.ts";
import { type Sample, samplesOf } from "./support/scrape.ts";
import { startTestService, type TestService } from "./support/service.ts";

const read = (name: string) => readFileSync(join(absolute("ops"), name), "utf8");

const dashboardSchema = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) }),
  ),
});

const alerts = [
  ...read("alerts.yml").matchAll(
    /^ {6}- alert: (\w+)\n {8}expr: (.+)\n(?: {8}for: \w+\n)? {8}labels:\n {10}severity: (\w+)\n {8}annotations:\n {10}summary: (.+)\n {10}runbook: docs\/operations\.md#([\w-]+)$/gm,
  ),
].map(([, name = "", expr = "", severity = "", , anchor = ""]) => ({
  name,
  expr,
  severity,
  anchor,
}));

const panels = dashboardSchema
  .parse(JSON.parse(read("grafana.json")))
  .panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name: title, expr })));

/** Labels that Prometheus adds to what it scrapes. */
const added = new Set(["instance", "job"]);

/**
 * What is wrong with the metrics and labels of an expression. It must name a metric. Each metric must have been scraped,
 * with the labels and values that the expression selects or groups by.
 */
function faultsOf(expr: string, samples: readonly Sample[]): string[] {
  const selectors = [...expr.matchAll(/\b((?:tallyman|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  if (selectors.length === 0) return ["It names no metric."];
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
  return selectors.flatMap(([, name = "", matchers = ""]) => {
    const found = samples.filter((sample) => sample.name === name);
    if (found.length === 0) return [`There is no metric ${name}.`];
    const labels = new Set([...added, ...found.flatMap((one) => Object.keys(one.labels))]);
    const missing = groups.filter((group) => !labels.has(group));
    const unmatched = [...matchers.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)].filter(
      ([, label = "", operator, value = ""]) =>
        !labels.has(label) ||
        (operator !== "=~" && !found.some((one) => one.labels[label] === value)),
    );
    return [
      ...missing.map((label) => `${name} has no label ${label}.`),
      ...unmatched.map(([text]) => `${name} never has ${text}.`),
    ];
  });
}

let service: TestService;
let samples: readonly Sample[];
beforeAll(async () => {
  service = await startTestService();
  await service.send("GET", "/orders");
  samples = samplesOf(await (await fetch(`${service.url}/metrics`)).text());
  // A store without a webhook and without an audit has no series of these.
  const unseen = { value: 0, name: "tallyman_webhook_behind_places", labels: { endpoint: "1" } };
  const audit = { value: 0, name: "tallyman_audit_violations", labels: { invariant: "x" } };
  samples = [...samples, unseen, audit];
});
afterAll(() => service.stop());

describe("the alert rules", () => {
  it("are all read by this test", () => {
    expect(alerts.length).toBe(read("alerts.yml").split("- alert:").length - 1);
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });

  it("each have a place in the runbook", () => {
    const anchors = headingsOf("docs/operations.md").map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    expect(alerts.filter(({ anchor }) => !anchors.includes(anchor))).toEqual([]);
    expect(new Set(alerts.map(({ severity }) => severity))).toEqual(
      new Set(["critical", "warning"]),
    );
  });
});

it.each([
  ["alert", alerts],
  ["panel", panels],
])("each %s names metrics and labels that a service has", (_kind, all) => {
  expect(all.length).toBeGreaterThan(10);
  const faulty = all.map(({ name, expr }) => [name, ...faultsOf(expr, samples)]);
  expect(faulty.filter(({ length }) => length > 1)).toEqual([]);
});

it.each([
  ["max(tallyman_orders_pendin)", "There is no metric tallyman_orders_pendin."],
  ["sum by (kind) (tallyman_queue_jobs)", "tallyman_queue_jobs has no label kind."],
  [
    'sum(tallyman_sweeps_total{outcome="fails"})',
    'tallyman_sweeps_total never has outcome="fails".',
  ],
  ["1 > 0", "It names no metric."],
])("finds what is wrong with %s", (expr, fault) => {
  expect(faultsOf(expr, samples)).toEqual([fault]);
});
