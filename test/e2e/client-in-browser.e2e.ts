// The client in a real browser, in a page that is served from the service's own address, as an internal tool would be.

import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as Client from "../../client/client.ts";
import { openContext, startBrowser } from "../support/browser.ts";
import { dist } from "../support/built.ts";
import { startTestService, testAccess, type TestService } from "../support/service.ts";
import { createProduct } from "../support/shop.ts";

declare global {
  // What the page's script sets.
  var client: typeof Client;
  var tallyman: Client.Client;
}

let service: TestService;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 3, outOfStockThreshold: 0 });
  const { context } = await openContext(browser, service, "desktop");
  page = await context.newPage();
  const script = await readFile(new URL("client/client.js", dist), "utf8");
  await page.route(`${service.url}/tool/client.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: script }),
  );
  await page.route(`${service.url}/tool/`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><link rel="icon" href="data:,"><script type="module">
        import * as client from "./client.js";
        globalThis.client = client;
        globalThis.tallyman = client.createClient({ url: location.origin, key: "${testAccess.apiKey}" });
      </script>`,
    }),
  );
  await page.goto(`${service.url}/tool/`);
  await page.waitForFunction(() => "tallyman" in globalThis);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

it("places orders, and says what can be had if one is rejected", async () => {
  const place = (quantity: number) =>
    page.evaluate(
      (wanted) =>
        globalThis.tallyman.orders.place(
          { reference: `WEB-${wanted}`, lines: [{ sku: "MUG", quantity: wanted }] },
          { wait: 10 },
        ),
      quantity,
    );
  expect(await place(2)).toMatchObject({ status: "confirmed" });
  expect(await place(5)).toMatchObject({
    status: "rejected",
    shortages: [expect.objectContaining({ sku: "MUG", available: 1 })],
  });
});

it("follows events in order, from the place that a snapshot names", async () => {
  const followed = await page.evaluate(async () => {
    const { place } = await globalThis.tallyman.stock.getAll();
    const feed = globalThis.tallyman.events({ after: place, types: ["stock.changed"] });
    await globalThis.tallyman.stock.adjust("MUG", { delta: 4, reason: "found" });
    for await (const event of feed) return event.data;
    return undefined;
  });
  expect(followed).toMatchObject({ sku: "MUG", change: 4 });
});

it("sends an order again while there is no network, and the stock is taken once", async () => {
  const before = await page.evaluate(() => globalThis.tallyman.stock.get(["MUG"]));
  const failed = page.waitForEvent("requestfailed");
  await page.context().setOffline(true);
  const placing = page.evaluate(() =>
    globalThis.tallyman.orders.place(
      { reference: "WEB-AWAY", lines: [{ sku: "MUG", quantity: 1 }] },
      { wait: 10 },
    ),
  );
  await failed;
  await page.context().setOffline(false);
  expect(await placing).toMatchObject({ status: "confirmed" });
  const after = await page.evaluate(() => globalThis.tallyman.stock.get(["MUG"]));
  const units = (snapshot: typeof before) => snapshot.data[0]?.unitsInStock;
  expect(units(after)).toBe(Number(units(before)) - 1);
});

it("tells a refusal as a typed problem", async () => {
  const told = await page.evaluate(() =>
    globalThis.tallyman.orders
      .get("nothing")
      .catch((error: unknown) =>
        error instanceof globalThis.client.TallymanProblem
          ? { status: error.status, kind: error.kind, requestId: error.requestId }
          : String(error),
      ),
  );
  expect(told).toMatchObject({ kind: expect.any(String), requestId: expect.any(String) });
});

it("verifies webhooks with the browser's Web Crypto", async () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const body = JSON.stringify({
    id: "1",
    type: "stock.changed",
    at: "2030-01-31T12:00:00Z",
    data: {},
  });
  const sent = new Date();
  const headers = {
    "webhook-id": "ep_1",
    "webhook-timestamp": String(Math.floor(sent.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign("ep_1", sent, body),
  };
  const verify = (text: string) =>
    page.evaluate(
      (received) =>
        globalThis.client.verifyWebhook(received).then(
          ({ id }) => id,
          (error: unknown) =>
            error instanceof globalThis.client.WebhookVerificationError
              ? error.fault
              : String(error),
        ),
      { headers, body: text, secret },
    );
  expect(await verify(body)).toBe("ep_1");
  expect(await verify(body.replace("{}", "[]"))).not.toBe("ep_1");
});
