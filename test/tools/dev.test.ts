// `npm run dev` on a copy of the sources, in which files are changed.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const patience = { timeout: 120_000, interval: 200 };
const copied = ["src", "tools", "package.json", "tsconfig.json"];

let root: string;
let dev: ChildProcess;
let said = "";
let url = "";

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "tallyman-dev-"));
  for (const path of copied) await cp(path, join(root, path), { recursive: true });
  await symlink(join(process.cwd(), "node_modules"), join(root, "node_modules"));
  dev = spawn("npm", ["run", "dev"], {
    cwd: root,
    env: { PATH: process.env["PATH"], PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const output of [dev.stdout, dev.stderr]) {
    output?.on("data", (chunk) => {
      said += String(chunk);
    });
  }
  await vi.waitFor(() => expect(said).toContain("Tallyman runs"), patience);
  url = /in development: (http:\S+)\/admin/.exec(said)?.[1] ?? "";
});
afterEach(async () => {
  dev.kill("SIGTERM");
  await once(dev, "exit", { signal: AbortSignal.timeout(30_000) });
  await rm(root, { recursive: true, force: true });
});

const replaceIn = async (path: string, old: string, changed: string): Promise<void> => {
  const text = await readFile(join(root, path), "utf8");
  expect(text).toContain(old);
  await writeFile(join(root, path), text.replaceAll(old, changed));
};
const textAt = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();

it(
  "serves app and API on one address, and reloads what changes of each",
  { timeout: 300_000 },
  async () => {
    const key = /API key (tm_\S+)/.exec(said)?.[1] ?? "";
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${url}/api/v1/products`, { headers })).status).toBe(200);
    const [, email = "", password = ""] = /login +(\S+) \/ (.*)/.exec(said) ?? [];
    const login = { method: "POST", body: JSON.stringify({ email, password }) };
    const json = { "content-type": "application/json", origin: url };
    expect((await fetch(`${url}/api/v1/session`, { ...login, headers: json })).status).toBe(204);
    expect(await textAt("/admin")).toContain("/admin/@vite/client");

    const reloads = new WebSocket(`${url.replace("http", "ws")}/admin/`, "vite-hmr");
    await once(reloads, "open");
    let reloaded = "";
    reloads.addEventListener("message", ({ data }) => {
      reloaded += String(data);
    });
    expect(await textAt("/admin/main.tsx")).not.toContain("changed");
    await replaceIn("src/admin/main.tsx", "<StrictMode>", '<StrictMode key="changed">');
    await vi.waitFor(() => expect(reloaded).toMatch(/main\.tsx|full-reload/), patience);
    expect(await textAt("/admin/main.tsx")).toContain("changed");
    reloads.close();

    await replaceIn("src/api/app.ts", "The API is below", "The changed API is below");
    await vi.waitFor(
      async () => expect(await textAt("/nothing")).toContain("The changed API is below"),
      patience,
    );
  },
);
