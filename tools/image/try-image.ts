// Builds the image without Docker, and tries it as the compose file and Kubernetes would: `node tools/image/try-image.ts`. It
// runs the commands of the compose file's services, asks the addresses of the probes, and places an order.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { parse } from "yaml";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { startThrowawayPostgres } from "../throwaway-postgres.ts";
import { buildImage, type Image } from "./build-image.ts";
import { probesOf } from "./probes.ts";

/** A production install without Node and PostgreSQL of its own, in megabytes. */
const installMbMax = 200;

const context = resolve(import.meta.dirname, "../..");
const key = `tm_imagetry_${"k".repeat(32)}`;

const commandSchema = z.union([
  z.array(z.string()),
  z.string().transform((text) => text.split(" ")),
]);
const composeSchema = z.object({
  services: z.object({
    migrate: z.object({ command: commandSchema }),
    api: z.object({ command: commandSchema }),
    worker: z.object({ command: commandSchema }),
  }),
});

/** The commands of the compose file's own services. */
const { services } = composeSchema.parse(
  parse(readFileSync(join(context, "docker-compose.yml"), "utf8"), { merge: true }),
);

function megabytesOf(folder: string): number {
  const { stdout } = spawnSync("du", ["-sm", folder], { encoding: "utf8" });
  return Number.parseInt(stdout, 10);
}

function start(
  image: Image,
  [program = "", ...args]: readonly string[],
  settings: object,
): ChildProcess {
  const env = { ...image.environment, ...settings };
  const stdio = ["ignore", "ignore", "inherit"] as const;
  return spawn(program, args, { cwd: image.folder, env, stdio: [...stdio] });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode;
}

/** Asks until the answer is 200. Throws after half a minute, or if the process ends before. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`Expected a process at ${url}; it ended.`);
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  throw new Error(`Expected ${url} to answer 200 within 30 seconds; it did not.`);
}

/** Places an order and waits for its decision. */
async function sellOne(url: string): Promise<void> {
  const send = (method: string, path: string, body: object, headers = {}) =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const made = await send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 3 });
  if (!made.ok) throw new Error(`Expected a product; got ${made.status} ${await made.text()}`);
  const order = { reference: "SO-1", lines: [{ sku: "MUG", quantity: 2 }] };
  const placed = await send("POST", "/orders", order, { prefer: "wait=20" });
  const answer = await placed.text();
  if (placed.status !== 201) throw new Error(`Expected 201; got ${placed.status} ${answer}`);
}

async function tryImage(image: Image, databaseUrl: string): Promise<void> {
  const settings = {
    DATABASE_URL: databaseUrl,
    BOOTSTRAP_API_KEY: key,
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
  };
  const migrated = await ended(start(image, services.migrate.command, settings));
  if (migrated !== 0) throw new Error(`Expected migrate to end with 0; got ${migrated}.`);
  const ports = { api: await findFreePort(), worker: await findFreePort() };
  const api = start(image, services.api.command, { ...settings, PORT: String(ports.api) });
  const worker = start(image, services.worker.command, { ...settings, PORT: String(ports.worker) });
  try {
    for (const [name, child] of [
      ["api", api],
      ["worker", worker],
    ] as const) {
      for (const path of probesOf(context, name)) {
        await answers(`http://127.0.0.1:${ports[name]}${path}`, child);
      }
    }
    await sellOne(`http://127.0.0.1:${ports.api}`);
  } finally {
    api.kill("SIGTERM");
    worker.kill("SIGTERM");
  }
  const codes = await Promise.all([ended(api), ended(worker)]);
  if (codes.some((code) => code !== 0)) {
    throw new Error(`Expected both to end with 0 after SIGTERM; got ${codes.join(" and ")}.`);
  }
}

const work = mkdtempSync(join(tmpdir(), "tallyman-image-"));
const postgres = await startThrowawayPostgres({});
try {
  const image = buildImage(context, work);
  const megabytes = megabytesOf(image.folder);
  process.stdout.write(`The image's folder has ${megabytes} MB.\n`);
  if (megabytes > installMbMax) {
    throw new Error(`Expected at most ${installMbMax} MB; got ${megabytes}.`);
  }
  await tryImage(image, postgres.url);
  process.stdout.write("It migrates, serves, decides an order and stops.\n");
} finally {
  await postgres.stop();
  rmSync(work, { recursive: true, force: true });
}
