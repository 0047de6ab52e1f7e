// The built API as a process of its own, on a stocked store, and what tells how it bears an attack.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { vi } from "vitest";
import * as z from "zod";
import { readConfig } from "../../src/config.ts";
import { findFreePort } from "../../src/db/embedded/find-free-port.ts";
import { start } from "../../src/process/start.ts";
import { expectBalancedBooks } from "../support/audit.ts";
import { dist, tunedNode } from "../support/built.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { orderId, placeOrder, stockShop } from "../support/shop.ts";
import type { Known } from "./arbitrary-body.ts";

/** What an attacked process says of itself. The times are the processor's, of its event loop. */
const vitals = z.object({
  heldMb: z.number(),
  rssMb: z.number(),
  longestMs: z.number(),
  p99Ms: z.number(),
});
type Vitals = z.output<typeof vitals>;

/** What is sent. */
export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes?: Buffer | undefined;
};

/** What is answered. */
export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** A service under attack. */
export type AttackedService = {
  readonly url: string;
  /** Values that mean something in its store. */
  readonly known: Known;
  send(sent: Sent): Promise<Got>;
  /** Runs SQL beside the service. */
  readonly sql: TestService["sql"];
  /** Collects its garbage, and resolves with what was the case since the last call. */
  vitals(): Promise<Vitals>;
  /** Puts the products back that attacks deleted, hid or emptied, so that later ones find something. */
  replenish(): Promise<void>;
  /** Lets a worker do all that was accepted, and fails if the books don't balance then. */
  finish(): Promise<void>;
  stop(): Promise<void>;
};

const patience = { timeout: 60_000, interval: 50 };

const program = fileURLToPath(new URL("main.js", dist));
const inside = fileURLToPath(new URL("vitals.ts", import.meta.url));

/** Stocks a store, and starts the built API on it. */
export async function startAttackedService(): Promise<AttackedService> {
  const store = await startTestService({
    roles: ["api"],
    environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" },
  });
  const startWorker = () =>
    start(readConfig({ ...store.environment, SWEEP_INTERVAL_MS: "200", SWEEP_AFTER_MS: "200" }), {
      roles: ["worker"],
      log: pino({ level: "silent" }),
    });
  const worker = await startWorker();
  const known = await stock(store);
  await worker.stop();
  const port = await findFreePort();
  const child = spawn(tunedNode, ["--expose-gc", "--import", inside, program, "api"], {
    env: { ...process.env, ...store.environment, PORT: String(port), HOST: "127.0.0.1" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(`${url}/livez`), patience);
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  return {
    url,
    known,
    send: (sent) => sendOn(agent, url, sent),
    sql: store.sql,
    vitals: () => readVitals(child),
    replenish: () => replenish(store),
    async finish() {
      const last = await startWorker();
      await vi.waitFor(async () => {
        const [row] = await store.sql<{ count: string }>(
          `select count(*) from "order" where status = 'pending'`,
        );
        if (row?.count !== "0") throw new Error(`${row?.count} orders wait for their decision.`);
      }, patience);
      await last.stop();
      await expectBalancedBooks(store.databaseUrl);
    },
    async stop() {
      agent.destroy();
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      await store.stop();
    },
  };
}

/** Makes products, orders of every status, people, groups and keys, and tells what they are called. */
async function stock(store: TestService): Promise<Known> {
  await stockShop(store);
  for (let number = 0; number < 12; number += 1) {
    await placeOrder(store, `A-${number}`, [{ sku: "TEA/EARL", quantity: 1 }]);
  }
  await store.send("POST", `/orders/${await orderId(store, "A-1")}/cancel`, {});
  await store.send("PUT", "/product-types/gift", {
    name: "Gift",
    hasInventory: true,
    hasVariants: false,
  });
  await store.send("PUT", "/admin-groups/packers", { name: "Packers", permissions: [] });
  const people = [];
  const keys = [];
  for (let number = 0; number < 6; number += 1) {
    people.push(await createPerson(store, `kim-${number}@example.com`, ["packers"]));
    const made = { name: `key ${number}`, scopes: ["orders:read"] };
    keys.push(
      z.looseObject({ id: z.string() }).parse((await store.send("POST", "/api-keys", made)).body),
    );
  }
  // Nobody listens at the port 9, so a test is refused at once.
  const url = "http://127.0.0.1:9/hook";
  for (const channel of ["webhook", "slack"]) {
    await store.send("POST", "/webhooks", { url, channel, from: "0" });
  }
  const column = async (text: string) =>
    (await store.sql<{ value: unknown }>(text)).map(({ value }) => value);
  return {
    sku: ["MUG", "MUG-SEA", "MUG-SAND", "TEA/EARL", "KETTLE", "TIN", "WRAP"],
    product: ["MUG", "TEA/EARL", "KETTLE", "TIN", "WRAP", "new", "ß ✓"],
    receipt: ["DN-4711", "DN-4712"],
    delivery: ["PO-1207", "PO-1208"],
    products: [["MUG"], ["MUG", "new"]],
    expectedDelivery: ["PO-1207", "PO-1208"],
    expectedUnits: [0, 1, 3, 30, 40],
    group: ["packers", "store-managers", "administrators", "new-group"],
    template: ["shop:low_stock_internal"],
    type: ["goods", "service", "gift"],
    groups: [[], ["packers"], ["store-managers", "packers"]],
    members: [[], people.map(({ id }) => id)],
    userId: people.map(({ id }) => id),
    person: people.map(({ id }) => id),
    key: keys.map(({ id }) => id),
    order: await column(`select id as value from "order"`),
    webhook: await column(`select id as value from webhook_endpoint`),
    url: [url],
    from: ["latest", "0", "1", "99999999"],
    mail: await column(`select id::text as value from mail`),
    csv: [
      "sku,unitsInStock\nMUG,4\nTIN,7\n",
      "sku;name;type\nNEW-1;New one;goods\n",
      "sku,units\nMUG,3\nKETTLE,2\n",
      "sku\tunits\r\nMUG\t-3\r\n",
      'sku,name\n"MUG","a ""b""\nc"\n',
      'sku,name\n"MUG,x\n',
      "sku,sku\n1,2\n",
      "\ufeffsku,units\n=1+1,1\n",
    ],
    subject: ["Low: {{ product.name }}", "{{ nothing }}", "{% if %}", null],
    body: [
      "**{{ stock.unitsInStock }}** left",
      "{{ product.name | upcase }}",
      "{% for i in (1..9000) %}a.{% endfor %}@",
      "[x](javascript:alert(1)) <script>1</script>",
      null,
    ],
    to: ["a@example.com"],
    currentPassword: ["not the password"],
  };
}

async function replenish(store: TestService): Promise<void> {
  const goods = { name: "Goods", hasInventory: true, hasVariants: true };
  await store.send("PUT", "/product-types/goods", goods);
  const variants = ["MUG-SEA", "MUG-SAND"].map((sku, at) => ({
    sku,
    options: { colour: `${at}` },
  }));
  for (const sku of ["MUG", "TEA/EARL", "KETTLE", "TIN", "WRAP"]) {
    await store.send("PUT", `/products/${encodeURIComponent(sku)}`, {
      name: sku,
      type: "goods",
      enabled: true,
      trackInventory: true,
      unitsInStock: 1_000,
      variants: sku === "MUG" ? variants : [],
    });
  }
}

async function readVitals(child: ChildProcess): Promise<Vitals> {
  const answer = once(child, "message");
  child.send("vitals");
  const [message]: unknown[] = await answer;
  return vitals.parse(message);
}

/** Sends bytes as they are. Resolves with the answer, also if the connection ends while the body is still on its way. */
function sendOn(agent: Agent, url: string, { method, path, headers, bytes }: Sent): Promise<Got> {
  const { promise, resolve, reject } = Promise.withResolvers<Got>();
  const length = bytes === undefined ? {} : { "content-length": String(bytes.length) };
  const { hostname, port } = new URL(url);
  const asked = request(
    { agent, hostname, port, method, path, headers: { ...headers, ...length } },
    (response) => {
      const chunks: string[] = [];
      response.setEncoding("utf8");
      response.on("data", (chunk) => chunks.push(String(chunk)));
      response.once("error", reject);
      response.once("end", () => {
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, text: chunks.join("") });
      });
    },
  );
  asked.once("error", reject);
  asked.end(bytes);
  return promise;
}
