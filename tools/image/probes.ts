// The manifests of Kubernetes, as objects, and the addresses that their probes ask.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import * as z from "zod";

const probeSchema = z.object({ httpGet: z.object({ path: z.string() }) });

const workloadSchema = z.object({
  kind: z.literal("Deployment"),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({
      spec: z.object({
        containers: z.tuple([
          z.object({
            startupProbe: probeSchema,
            livenessProbe: probeSchema,
            readinessProbe: probeSchema,
          }),
        ]),
      }),
    }),
  }),
});

/** Every manifest in `ops/kubernetes`, by its file. */
export function readManifests(
  root: string,
): { readonly file: string; readonly manifest: unknown }[] {
  const folder = join(root, "ops/kubernetes");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .toSorted()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => {
        const [error] = document.errors ?? [];
        if (error !== undefined) throw error;
        const manifest: unknown = document.toJS();
        return { file, manifest };
      }),
    );
}

/** The addresses that the probes of a role's container ask. */
export function probesOf(root: string, role: "api" | "worker"): string[] {
  const found = readManifests(root).flatMap(({ manifest }) => {
    const workload = workloadSchema.safeParse(manifest);
    return workload.success && workload.data.metadata.name === `tallyman-${role}`
      ? workload.data.spec.template.spec.containers
      : [];
  });
  const paths = found.flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path),
  );
  if (paths.length === 0) throw new Error(`Expected probes of tallyman-${role}; found none.`);
  return [...new Set(paths)];
}
