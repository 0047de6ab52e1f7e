// What of OpenTelemetry a process loads. Metrics bring its API with them, which does nothing by itself; the rest must only be
// loaded if a setting asks for it.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dist, tunedNode } from "../support/built.ts";
import { createTestDatabase } from "../support/database.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const folder = mkdtempSync(join(tmpdir(), "tallyman-loaded-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Names each file that is loaded, in a file: standard error is a pipe, which refuses what its reader is too slow for. */
const naming = (path: string): string =>
  `import { registerHooks } from "node:module"; import { appendFileSync } from "node:fs";
registerHooks({ load(url, context, next) { appendFileSync(${JSON.stringify(path)}, url + "\\n"); return next(url, context); } });`;

/** Starts the built program, stops it once it runs, and resolves with OpenTelemetry's packages that it loaded. */
async function packagesOf(settings: Readonly<Record<string, string>>): Promise<string[]> {
  const loaded = join(mkdtempSync(join(folder, "run-")), "loaded");
  const preload = `data:text/javascript,${encodeURIComponent(naming(loaded))}`;
  const program = fileURLToPath(new URL("main.js", dist));
  const child = spawn(tunedNode, ["--import", preload, program], {
    env: { ...process.env, DATABASE_URL: database.url, PORT: "0", ...settings },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  for await (const chunk of child.stderr) {
    const asked = said.includes("Tallyman runs");
    said += String(chunk);
    if (!asked && said.includes("Tallyman runs")) child.kill("SIGTERM");
  }
  expect(said).toContain("Tallyman runs");
  const names = readFileSync(loaded, "utf8").matchAll(/node_modules\/(@opentelemetry\/[\w-]+)\//g);
  return [...new Set([...names].map(([, name = ""]) => name))].toSorted();
}

it("without a collector it loads no more than the API, which the metrics bring", async () => {
  expect(await packagesOf({ OTEL_SERVICE_NAME: "shop" })).toEqual(["@opentelemetry/api"]);
});

it("nor does it if OTEL_SDK_DISABLED is true", async () => {
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" };
  expect(await packagesOf(settings)).toEqual(["@opentelemetry/api"]);
});

it("with a collector it loads the rest", async () => {
  const loaded = await packagesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  expect(loaded).toContain("@opentelemetry/sdk-trace");
});
