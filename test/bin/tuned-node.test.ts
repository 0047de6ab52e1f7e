import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import * as z from "zod";

const tunedNode = fileURLToPath(new URL("../../bin/tuned-node", import.meta.url));

async function runTunedNode(): Promise<{
  spawned: number | undefined;
  pid: number;
  flags: string[];
}> {
  const program = "JSON.stringify({ pid: process.pid, flags: process.execArgv })";
  const child = spawn(tunedNode, ["-p", program], { stdio: ["ignore", "pipe", "inherit"] });
  const said = z.object({ pid: z.int(), flags: z.array(z.string()) });
  return { spawned: child.pid, ...said.parse(JSON.parse(await text(child.stdout))) };
}

it("becomes Node itself, so that a signal to the one reaches the other", async () => {
  const { spawned, pid } = await runTunedNode();
  expect(pid).toBe(spawned);
});

it.each(["package.json", "Dockerfile", "docker-compose.yml", "bench/support/store.ts"])(
  "is how %s starts the service, with no flag of its own",
  async (file) => {
    const content = readFileSync(file, "utf8");
    expect(content).toContain("bin/tuned-node");
    const { flags } = await runTunedNode();
    const names = flags.slice(0, -2).map((flag) => flag.split("=", 1)[0] ?? "");
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => content.includes(name))).toEqual([]);
    expect(content).not.toMatch(/(?<!tuned-)\bnode[", ]+[^\n]*dist\/main\.js/);
  },
);
