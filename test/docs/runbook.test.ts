// Runs the commands of the runbook against a service, and compares what they print with what the page says.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueBackends } from "../support/backends.ts";
import { startTestService, testAccess, type TestService } from "../support/service.ts";
import { absolute, readText } from "./markdown.ts";

const page = readText("docs/operations.md");
const runbook = page.slice(page.indexOf("## Runbook"), page.indexOf("## Stopping"));

/** The commands of a section in their order, and what each block should print. */
type Section = {
  readonly heading: string;
  readonly steps: readonly { readonly commands: string; readonly says: string }[];
};

const sections: readonly Section[] = runbook
  .split(/^### /m)
  .slice(1)
  .map((text) => ({
    heading: text.split("\n", 1)[0] ?? "",
    steps: [...text.matchAll(/^```sh\n([^]*?)^```\n\n```text\n([^]*?)^```/gm)].map(
      ([, commands = "", says = ""]) => ({ commands, says }),
    ),
  }));

/** A line of the page as a pattern: `…` stands for anything, and blanks for any number of them. */
function patternOf(line: string): RegExp {
  const quoted = line.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(quoted.replaceAll("…", ".*").replaceAll(/\s+/g, String.raw`\s+`));
}

const metricsKey = "a-key-of-the-metrics";

const redis = queueBackends.find(({ name }) => name === "Redis");

describe.skipIf(redis === undefined)("the runbook", () => {
  let service: TestService;
  let environment: Record<string, string>;
  const folder = mkdtempSync(join(tmpdir(), "runbook-"));

  beforeAll(async () => {
    service = await startTestService({
      environment: { METRICS_KEY: metricsKey },
      ...(redis === undefined ? {} : { backend: redis }),
    });
    await service.send("POST", "/api-keys", { name: "checkout", scopes: ["orders:write"] });
    await service.send("PUT", "/products/CUP", { name: "Cup", unitsInStock: 5 });
    const order = { reference: "SO-1", lines: [{ sku: "CUP", quantity: 1 }] };
    await service.send("POST", "/orders", order, { prefer: "wait=10" });
    environment = {
      ...service.environment,
      PATH: `${absolute("node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
      API: service.url,
      METRICS: service.url,
      METRICS_KEY: metricsKey,
      KEY: testAccess.apiKey,
      RESTORED: new URL("/restored", service.databaseUrl).href,
      BACKUP: join(folder, "backup"),
      REFERENCES: join(folder, "references"),
    };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await service.sql("drop database if exists restored");
    await service.stop();
  });

  it("has a command in almost every section, with what it says", () => {
    expect(sections.length).toBeGreaterThan(12);
    const blocks = runbook.split("```sh\n").length - 1;
    expect(sections.flatMap(({ steps }) => steps)).toHaveLength(blocks);
    expect(sections.filter(({ steps }) => steps.length === 0)).toEqual([]);
  });

  it.for(sections)("$heading", { timeout: 120_000 }, async ({ steps }) => {
    for (const { commands, says } of steps) {
      const { code, printed } = await run(commands, environment);
      expect([commands, code, printed]).toEqual([commands, 0, printed]);
      for (const line of says.split("\n")) expect(printed).toMatch(patternOf(line));
    }
  });
});

/** Runs commands in a shell. The service answers meanwhile, because it runs in this process. */
async function run(commands: string, env: Readonly<Record<string, string>>) {
  const script = `npx() { shift; node dist/cli/tallyman.js "$@"; }\n${commands}`;
  const options = ["--norc", "-e", "-u", "-o", "pipefail", "-c", script];
  const shell = spawn("bash", options, { cwd: absolute("."), env, timeout: 100_000 });
  const parts: string[] = [];
  for (const output of [shell.stdout, shell.stderr]) {
    output.setEncoding("utf8").on("data", (part: string) => parts.push(part));
  }
  const [code]: readonly unknown[] = await once(shell, "close");
  return { code, printed: parts.join("") };
}
