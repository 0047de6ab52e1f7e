// What the README tells a newcomer to type, typed.

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startTestService, testAccess } from "./support/service.ts";

test("the README's first order is confirmed, and so is the next one", async () => {
  const service = await startTestService();
  onTestFinished(() => service.stop());
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const [, block = ""] = /```sh\n(export KEY[^`]*)```/.exec(readme) ?? [];
  const commands = block
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => line.startsWith("curl"));
  expect(commands).toHaveLength(3);

  const type = async (command: string): Promise<unknown> => {
    const env = { ...process.env, KEY: testAccess.apiKey, API: `${service.url}/api/v1` };
    const { stdout } = await promisify(execFile)("sh", ["-c", `${command} --silent`], { env });
    return JSON.parse(stdout);
  };
  const [product = "", order = "", left = ""] = commands;
  expect(await type(product)).toMatchObject({ sku: "MUG-1", unitsInStock: 12 });
  expect(await type(order)).toMatchObject({ reference: "SO-1001", status: "confirmed" });
  expect(await type(left)).toMatchObject({ unitsInStock: 10 });
  const next = order.replace("SO-1001", "SO-1002");
  expect(await type(next)).toMatchObject({ reference: "SO-1002", status: "confirmed" });
});
