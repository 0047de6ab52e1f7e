// The program of `npm run test:generators`: makes clients from the OpenAPI document of a running service with three
// generators of npm, checks their types, and places an order with each. It exits with 1 if one of them fails.

import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import * as z from "zod";
import { labKey, openLab } from "../../tools/lab/lab.ts";
import { stockShop } from "../../tools/lab/shop.ts";

const run = promisify(execFile);
const product = { sku: "MUG-BLUE", units: 100, threshold: 10 };

/** The generators, and the client in `clients` that uses what each makes. */
const generators = [
  {
    client: "openapi-fetch",
    bin: "openapi-typescript/bin/cli.js",
    args: ["openapi.json", "--output", "made/openapi-typescript.ts"],
  },
  {
    client: "hey-api",
    bin: ".bin/openapi-ts",
    args: ["-i", "openapi.json", "-o", "made/hey-api", "-c", "@hey-api/client-fetch"],
  },
  { client: "orval", bin: ".bin/orval", args: ["--config", "orval.config.js"] },
] as const;

const answerSchema = z.object({
  status: z.number(),
  body: z.looseObject({ id: z.string(), reference: z.string(), status: z.string() }),
});

// The generators want TypeScript 5, and the tree has 7. So they are installed in a folder of their own.
const folder = await mkdtemp(join(tmpdir(), "tallyman-generators-"));
const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const lab = await openLab({ queue: "PostgreSQL", main });
try {
  await cp(import.meta.dirname, folder, { recursive: true });
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  const { url } = await lab.start("api");
  await lab.start("worker");
  await stockShop(url, [product]);
  const document = await fetch(`${url}/openapi.json`);
  await writeFile(join(folder, "openapi.json"), await document.text());

  for (const { bin, args } of generators) await runProgram(`node_modules/${bin}`, args, url);
  await runProgram("node_modules/typescript/bin/tsc", [], url);
  process.stdout.write("The types of all clients are right.\n");
  for (const { client } of generators) await placeOrder(client, url);
} finally {
  await lab.close();
  await rm(folder, { recursive: true, force: true });
}
// The stores' own connections would keep this process alive.
process.exit(0);

/** Runs a program of the folder and returns what it wrote. Rejects with it if the program fails. */
async function runProgram(path: string, args: readonly string[], url: string, reference = "") {
  const told = { TALLYMAN_URL: url, TALLYMAN_KEY: labKey, ORDER_SKU: product.sku };
  const env = { ...process.env, ...told, ORDER_REFERENCE: reference };
  try {
    return (await run(process.execPath, [path, ...args], { cwd: folder, env })).stdout;
  } catch (error) {
    // The compiler writes its errors to stdout, which the error's message does not have.
    const { stdout, stderr } = z.object({ stdout: z.string(), stderr: z.string() }).parse(error);
    throw new Error(`Expected ${path} to succeed; it wrote:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Places an order with a client, whose answer must be what the API tells of the order. */
async function placeOrder(client: string, url: string): Promise<void> {
  const reference = `by ${client}`;
  const told = await runProgram(`built/clients/${client}.js`, [], url, reference);
  const { status, body } = answerSchema.parse(JSON.parse(told));
  assert.deepEqual([status, body.reference, body.status], [201, reference, "confirmed"]);
  const stored = await fetch(`${url}/api/v1/orders/${body.id}`, {
    headers: { authorization: `Bearer ${labKey}` },
  });
  assert.deepEqual(body, await stored.json());
  process.stdout.write(`${client} placed an order.\n`);
}
