// The client as it is built: its size, its types for others, and a run in the oldest Node that it supports.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dist } from "../support/built.ts";

const run = promisify(execFile);
let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "tallyman-client-"));
  await mkdir(join(project, "node_modules"));
  await symlink(resolve("."), join(project, "node_modules/tallyman"));
  await writeFile(join(project, "package.json"), '{"type":"module"}');
});
afterAll(() => rm(project, { recursive: true, force: true }));

const readClient = () => readFile(new URL("client/client.js", dist), "utf8");

it("is one file without imports, of less than 8 kB compressed", async () => {
  const text = await readClient();
  expect(gzipSync(text).length).toBeLessThan(8_000);
  expect(text).not.toMatch(/\b(?:import|require)\s*[("{]|\bfrom\s*"|\bprocess\b|\bBuffer\b/);
});

it("has types for a strict project that knows nothing of Node", async () => {
  const options = { lib: ["es2022", "dom", "dom.iterable"], target: "es2022", module: "nodenext" };
  await writeFile(
    join(project, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...options, strict: true, types: [], noEmit: true } }),
  );
  const program = (type: string) => `import { createClient } from "tallyman/client";
    const tallyman = createClient({ url: "http://127.0.0.1:3000", key: "tm_" });
    export const id: ${type} = (await tallyman.orders.get("x")).id;
    for await (const event of tallyman.events()) console.log(event.id, event.data["sku"]);`;
  const compile = async (type: string) => {
    await writeFile(join(project, "shop.ts"), program(type));
    return run(resolve("node_modules/.bin/tsc"), ["-p", project]);
  };
  await compile("string");
  await expect(compile("number")).rejects.toMatchObject({
    stdout: expect.stringContaining("shop.ts(3,18)"),
  });
});

it("runs in the Node of the PATH, by the package's name", async () => {
  const script = `import { createClient, verifyWebhook, TallymanUnreachable } from "tallyman/client";
    const tallyman = createClient({ url: "http://127.0.0.1:9", key: "tm_", retries: 1 });
    const asked = await tallyman.orders.get("x").catch((error) => error instanceof TallymanUnreachable);
    const headers = { "webhook-id": "1", "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": "v1,AAAA" };
    const fault = await verifyWebhook({ headers, body: "{}", secret: "whsec_AAAA" }).catch((error) => error.fault);
    console.log(JSON.stringify([asked, fault]));`;
  await writeFile(join(project, "shop.js"), script);
  const path = (process.env["PATH"] ?? "")
    .split(":")
    .filter((part) => !part.includes("node_modules"));
  const env = { PATH: path.join(":") };
  const { stdout } = await run("node", ["shop.js"], { cwd: project, env });
  expect(JSON.parse(stdout)).toEqual([true, "wrong-signature"]);
});
