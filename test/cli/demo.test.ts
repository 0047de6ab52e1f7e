import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, realpath, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import * as z from "zod";
import { emptyDemoFolder } from "../../src/cli/demo/empty-demo-folder.ts";
import { runTallyman } from "./run-tallyman.ts";
import { temporaryFolder } from "./temporary-file.ts";

/** A data folder below one that no other user can enter. Whatever a demo leaves running ends with the test. */
async function demoData(): Promise<string> {
  const closed = await temporaryFolder();
  await chmod(closed, 0o700);
  const dataDir = join(closed, "data");
  onTestFinished(async () => {
    const folder = await emptyDemoFolder(dataDir);
    folder.release();
  });
  return dataDir;
}

/** A demo starts everything there is, more than once in some of these tests. */
vi.setConfig({ testTimeout: 180_000 });

const countOf = (text: string, label: string): number =>
  Number(new RegExp(`^ {2}${label} +(\\d+)`, "m").exec(text)?.[1]);

test("the demo plays once, tells what happened and how to go on, and ends well", async () => {
  const dataDir = await demoData();
  const { code, stdout, stderr } = await runTallyman(["demo", "--once"], {
    DATA_DIR: dataDir,
    PORT: "0",
    SMTP_URL: "smtp://127.0.0.1:9",
  }).ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toMatch(/^Posting orders +100% {2}300 of 300 orders/m);
  expect(stderr).toContain("ignores SMTP_URL");
  expect(countOf(stdout, "confirmed") + countOf(stdout, "rejected")).toBe(299);
  expect(countOf(stdout, "rejected")).toBeGreaterThan(10);
  expect(countOf(stdout, "refused")).toBe(1);
  expect(stdout).toMatch(/12 of the orders were sent twice with the same reference/);
  for (const sku of ["TIN-SPRING", "FILTER-PAPER", "BOX-GIFT", "MUG-STONE-SEA"]) {
    expect(stdout).toMatch(new RegExp(`^ {2}(?:low|not sold|none left) +${sku} `, "m"));
  }
  expect(stdout).toMatch(/Gooseneck kettle: \d+ units accepted as pre-orders/);
  expect(stdout).toMatch(/Mails: \d+ to the store's managers, morning@example\.com and evening/);
  expect(stdout).not.toContain("could not be sent");
  for (const path of ["/admin", "/admin/queues", "/docs"]) {
    expect(stdout).toMatch(new RegExp(`http://127\\.0\\.0\\.1:\\d+${path}$`, "m"));
  }
  expect(stdout).toMatch(/^ {2}API key +tm_\w{8}_/m);
});

test("the demo's curl lines work, a second demo is turned away, and Ctrl-C ends it well", async () => {
  const environment = { DATA_DIR: await demoData(), PORT: "0" };
  const demo = runTallyman(["demo", "--orders", "200"], environment);
  const text = await demo.until(/keeps running/);
  const commands = [...text.matchAll(/^ {2}(curl .*)$/gm)].map(([, command]) => command ?? "");
  expect(commands).toHaveLength(2);
  const [mail, order] = await Promise.all(
    commands.map(async (command) => {
      const { stdout } = await promisify(execFile)("sh", ["-c", command]);
      return z.record(z.string(), z.unknown()).parse(JSON.parse(stdout));
    }),
  );
  expect(mail).toMatchObject({ status: "sent", to: { email: "evening@example.com" } });
  // Which alert's mail was the last depends on the order of the decisions.
  expect(mail?.["text"]).toMatch(/^Units (?:left|held back): -?\d+$/m);
  expect(order).toMatchObject({ reference: "MY-1", status: "confirmed" });

  const second = await runTallyman(["demo", "--once"], environment).ended;
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/A demo is running on .*Stop it with Ctrl-C/);

  demo.kill("SIGINT");
  expect((await demo.ended).code).toBe(0);
});

test("a demo that was killed leaves nothing in the way of the next, and nothing of its store", async () => {
  const environment = { DATA_DIR: await demoData(), PORT: "0" };
  const killed = runTallyman(["demo", "--orders", "30"], environment);
  await killed.until(/Posting orders/);
  const cluster = await realpath(join(environment.DATA_DIR, "demo", "postgres", "cluster"));
  killed.kill("SIGKILL");
  await killed.ended;
  const { code, stdout } = await runTallyman(["demo", "--once", "--orders", "30"], environment)
    .ended;
  expect(code).toBe(0);
  expect(countOf(stdout, "confirmed") + countOf(stdout, "rejected")).toBe(30);
  const now = await realpath(join(environment.DATA_DIR, "demo", "postgres", "cluster"));
  if (now !== cluster) await expect(stat(cluster)).rejects.toThrow("ENOENT");
});

test("a folder that no demo made is not emptied", async () => {
  const dataDir = await temporaryFolder();
  const precious = join(dataDir, "demo", "precious.txt");
  await mkdir(join(dataDir, "demo"));
  await writeFile(precious, "keep me");
  await expect(emptyDemoFolder(dataDir)).rejects.toThrow(/it contains other files/);
  expect(await readFile(precious, "utf8")).toBe("keep me");
});
