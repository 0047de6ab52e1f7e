// The manifests in `ops/kubernetes`, against Kubernetes' own schemas, and against what the program does.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "kubernetes-models/apps/v1";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import { Job } from "kubernetes-models/batch/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { readConfig, variableNames } from "../src/config.ts";
import { readManifests } from "../tools/image/probes.ts";

const root = join(import.meta.dirname, "..");
/** Of any form, which the check is to judge. */
const scalerSchema = z.custom<ConstructorParameters<typeof HorizontalPodAutoscaler>[0]>(() => true);

/** Throws what Kubernetes' schema says against a manifest. */
const checks = {
  Deployment: (manifest: object) => new Deployment(manifest).validate(),
  HorizontalPodAutoscaler: (manifest: object) =>
    new HorizontalPodAutoscaler(scalerSchema.parse(manifest)).validate(),
  Job: (manifest: object) => new Job(manifest).validate(),
  PodDisruptionBudget: (manifest: object) => new PodDisruptionBudget(manifest).validate(),
  ConfigMap: (manifest: object) => new ConfigMap(manifest).validate(),
  Service: (manifest: object) => new Service(manifest).validate(),
};
const kindSchema = z.looseObject({
  kind: z.enum([
    "Deployment",
    "HorizontalPodAutoscaler",
    "Job",
    "PodDisruptionBudget",
    "ConfigMap",
    "Service",
  ]),
  apiVersion: z.string(),
  metadata: z.object({ name: z.string() }),
});

const manifests = readManifests(root).map(({ file, manifest }) => ({
  file,
  ...kindSchema.parse(manifest),
  manifest,
}));

const podSchema = z.object({
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        terminationGracePeriodSeconds: z.number().optional(),
        securityContext: z.object({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([
          z.object({
            args: z.array(z.string()),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).optional(),
            lifecycle: z
              .object({ preStop: z.object({ exec: z.object({ command: z.array(z.string()) }) }) })
              .optional(),
            securityContext: z.object({
              allowPrivilegeEscalation: z.literal(false),
              readOnlyRootFilesystem: z.literal(true),
              capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
            }),
            resources: z.object({ limits: z.object({ memory: z.string() }) }),
          }),
        ]),
      }),
    }),
  }),
});

const pods = manifests
  .filter(({ kind }) => ["Deployment", "Job"].includes(kind))
  .map(({ metadata, manifest }) => ({
    name: metadata.name,
    ...podSchema.parse(manifest).spec.template,
  }));

const dataSchema = z.object({ data: z.record(z.string(), z.string()) });
const settings = () =>
  dataSchema.parse(manifests.find(({ kind }) => kind === "ConfigMap")?.manifest).data;

describe("the manifests", () => {
  it.each(manifests.map((each) => [each.file, each.kind, each] as const))(
    "%s: the %s fits Kubernetes' schema",
    (_file, kind, { manifest }) => {
      expect(() => checks[kind](z.looseObject({}).parse(manifest))).not.toThrow();
    },
  );

  it("are judged by a schema that finds a value of another kind", () => {
    const wrong = { metadata: { name: "x" }, spec: { minAvailable: true } };
    expect(() => checks.PodDisruptionBudget(wrong)).toThrow(/minAvailable/);
  });

  it("run what the image and the compose file run", () => {
    const compose = readFileSync(join(root, "docker-compose.yml"), "utf8");
    expect(pods.map(({ name }) => name)).toEqual([
      "tallyman-api",
      "tallyman-migrate",
      "tallyman-worker",
    ]);
    for (const { spec } of pods) {
      const { args } = spec.containers[0];
      const written = [`command: ${args.join(" ")}\n`, `command: [${args.join(", ")}]\n`];
      expect(written.some((line) => compose.includes(line))).toBe(true);
    }
  });

  it("set settings that there are, at ports that the probes and the scrape ask", () => {
    const unknown = Object.keys(settings()).filter((name) => !variableNames.includes(name));
    expect(unknown).toEqual([]);
    const plain = Object.entries(settings()).filter(([name]) => !name.endsWith("_FILE"));
    const config = readConfig(Object.fromEntries(plain));
    const served = pods.flatMap(({ spec }) => spec.containers[0].ports ?? []);
    expect(served.length).toBe(4);
    for (const { name, containerPort } of served) {
      expect(containerPort).toBe(name === "http" ? config.PORT : config.METRICS_PORT);
    }
  });

  it("give a pod more time to stop than preStop and the program's deadline take", () => {
    const { SHUTDOWN_DEADLINE_MS } = readConfig({
      SHUTDOWN_DEADLINE_MS: settings()["SHUTDOWN_DEADLINE_MS"],
    });
    const stopping = pods.filter(({ name }) => name !== "tallyman-migrate");
    expect(stopping.length).toBe(2);
    for (const { spec } of stopping) {
      const [, seconds] = spec.containers[0].lifecycle?.preStop.exec.command ?? [];
      const needed = Number(seconds) + SHUTDOWN_DEADLINE_MS / 1_000;
      expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(needed);
    }
  });

  it("scale on a metric that there is, which the adapter's rule tells by the same name", () => {
    const name = "tallyman_orders_oldest_seconds";
    const scaling = manifests.find(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(scaling?.manifest).toMatchObject({
      spec: { metrics: [{ external: { metric: { name } } }] },
    });
    const adapter: unknown = parse(
      readFileSync(join(root, "ops/kubernetes/prometheus-adapter.yml"), "utf8"),
    );
    expect(adapter).toMatchObject({ externalRules: [{ name: { matches: name } }] });
    // A test compares the tables of metrics there with a scrape.
    expect(readFileSync(join(root, "docs/operations.md"), "utf8")).toContain(`\n| \`${name}\` `);
  });

  it("select the pods that there are", () => {
    const selectorSchema = z.object({
      spec: z.object({
        selector: z.union([
          z
            .object({ matchLabels: z.record(z.string(), z.string()) })
            .transform((one) => one.matchLabels),
          z.record(z.string(), z.string()),
        ]),
      }),
    });
    const selecting = manifests.filter(({ kind }) =>
      ["Service", "PodDisruptionBudget", "Deployment"].includes(kind),
    );
    expect(selecting.length).toBe(5);
    for (const { manifest } of selecting) {
      const wanted = Object.entries(selectorSchema.parse(manifest).spec.selector);
      const found = pods.filter(({ metadata: { labels } }) =>
        wanted.every(([label, value]) => labels[label] === value),
      );
      expect(found).toHaveLength(1);
    }
  });
});
