// The compose file as Compose reads it: YAML with anchors, known keys only, and services that wait for services that exist.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

const duration = z.string().regex(/^\d+(?:ms|s|m)$/);
const size = z.string().regex(/^\d+[mg]$/);
const command = z.union([z.string(), z.array(z.string()).min(1)]);
const conditions = z.enum(["service_healthy", "service_completed_successfully", "service_started"]);

/** The keys of Compose's specification that the file uses, with their forms there. */
const serviceSchema = z
  .strictObject({
    image: z.string(),
    build: z.literal("."),
    command,
    user: z.string(),
    environment: z.record(z.string().regex(/^[A-Z_\d]+$/), z.string()),
    restart: z.enum(["no", "always", "on-failure", "unless-stopped"]),
    cap_drop: z.array(z.string()),
    cap_add: z.array(z.string()),
    security_opt: z.array(z.string()),
    pids_limit: z.int(),
    read_only: z.boolean(),
    tmpfs: z.array(z.string()),
    mem_limit: size,
    stop_grace_period: duration,
    ports: z.array(z.string()),
    volumes: z.array(z.string()),
    depends_on: z.record(z.string(), z.strictObject({ condition: conditions })),
    healthcheck: z.strictObject({
      test: z.tuple([z.enum(["CMD", "CMD-SHELL"])], z.string()),
      interval: duration,
      timeout: duration,
      retries: z.int(),
      start_period: duration.optional(),
    }),
  })
  .partial();

const composeSchema = z.strictObject({
  name: z.string(),
  "x-confined": z.unknown(),
  "x-tallyman": z.unknown(),
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
});

const read = () =>
  composeSchema.parse(
    parse(readFileSync(join(import.meta.dirname, "../docker-compose.yml"), "utf8"), {
      merge: true,
    }),
  );

it("has the keys of Compose's specification, in their forms", () => {
  expect(Object.keys(read().services)).toEqual([
    "postgres",
    "redis",
    "mailpit",
    "migrate",
    "api",
    "worker",
  ]);
});

it("waits for services that exist, and for health only of those that are checked", () => {
  const { services } = read();
  const waits = Object.values(services).flatMap((each) => Object.entries(each.depends_on ?? {}));
  expect(waits.length).toBeGreaterThan(3);
  const vain = waits.filter(
    ([name, { condition }]) =>
      services[name] === undefined ||
      (condition === "service_healthy" && services[name].healthcheck === undefined),
  );
  expect(vain).toEqual([]);
});

it("mounts volumes that it declares", () => {
  const { services, volumes } = read();
  const mounted = Object.values(services).flatMap((each) => each.volumes ?? []);
  const named = mounted
    .map((each) => each.split(":", 1)[0] ?? "")
    .filter((each) => /^\w+$/.test(each));
  expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
});
