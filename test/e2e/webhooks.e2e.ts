// Somebody sets a webhook up: a program gets changes, is tested, paused, sent changes again, and gets a new secret.

import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
// eslint-disable-next-line import/no-unassigned-import -- the service serves the built admin app
import "../support/built.ts";
import { logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { listenOnFreePort } from "../support/listen.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct } from "../support/shop.ts";

type Received = { readonly headers: Record<string, string>; readonly body: string };

const received: Received[] = [];
const receiver = createServer((request, response) => {
  void text(request).then((body) => {
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    received.push({
      headers: z.record(z.string(), z.string()).parse(Object.fromEntries(headers)),
      body,
    });
    response.writeHead(204).end();
  });
});

let service: TestService;
let visitor: Visitor;
let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const environment = { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" };
  const [started, browser] = await Promise.all([startTestService({ environment }), startBrowser()]);
  service = started;
  url = await listenOnFreePort(receiver);
  visitor = await logIn(browser, service);
  stop = async () => {
    await browser.close();
    await service.stop();
    receiver.close();
  };
});
afterAll(() => stop());

const patience = { timeout: 20_000, interval: 50 };
const event = z.object({ type: z.string(), data: z.looseObject({ sku: z.string().optional() }) });

/** The ids of the messages that tell of a change of this SKU's count, verified with the secret. */
function idsOf(sku: string, secret: string): string[] {
  return received.flatMap(({ headers, body }) => {
    const { type, data } = event.parse(JSON.parse(body));
    if (type !== "stock.changed" || data.sku !== sku) return [];
    new Webhook(secret).verify(body, headers);
    return [headers["webhook-id"] ?? ""];
  });
}

it("a program gets changes from its first minute to its last", async () => {
  const { page, visit } = visitor;
  const more = async (act: string) => {
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: act }).click();
  };
  await visit("/settings/webhooks");
  await page.getByRole("main").getByRole("button", { name: "New webhook" }).last().click();
  const dialog = page.getByRole("dialog");

  // An address inside the network is refused beside its field.
  await dialog.getByLabel("Address").fill("http://10.1.2.3/hook");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await dialog.getByText("leads to a private network").waitFor();
  await dialog.getByLabel("Address").fill(url);
  await dialog.getByLabel("Name").fill("Shop front");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  const secret = await dialog.getByLabel("Secret", { exact: true }).inputValue();
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.getByRole("link", { name: "Shop front" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByText("The test was taken").waitFor();
  const [test] = received;
  new Webhook(secret).verify(test?.body ?? "", test?.headers ?? {});

  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 5 });
  await vi.waitFor(() => expect(idsOf("MUG", secret)).toHaveLength(1), patience);
  await page.getByText("Up to date").waitFor();

  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("Somebody paused it").waitFor();
  await createProduct(service, "POT", { name: "Pot", unitsInStock: 5 });
  await page.getByText(/\d changes behind since/).waitFor();
  expect(idsOf("POT", secret)).toEqual([]);
  await page.getByRole("button", { name: "Resume" }).click();
  await vi.waitFor(() => expect(idsOf("POT", secret)).toHaveLength(1), patience);
  await page.getByText("Up to date").waitFor();

  // Both ways to send changes again repeat them under the same ids.
  const row = page.getByRole("row").filter({ hasText: "A count changed" }).last();
  await row.getByRole("button", { name: "Send again from here" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await vi.waitFor(() => expect(idsOf("POT", secret)).toHaveLength(2), patience);
  await more("Send changes again");
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await page.getByText("Choose a date and a time.").waitFor();
  await page.getByLabel("Everything since").fill("2020-01-01T08:00");
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await vi.waitFor(() => expect(idsOf("MUG", secret)).toHaveLength(3), patience);
  expect(new Set(idsOf("MUG", secret)).size).toBe(1);

  await more("New secret");
  await page.getByLabel("How long the old secret works").selectOption("0");
  await page.getByRole("button", { name: "Make a new secret" }).click();
  const other = await page.getByRole("dialog").getByLabel("Secret", { exact: true }).inputValue();
  expect(other).not.toBe(secret);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await vi.waitFor(() => {
    const last = received.at(-1);
    new Webhook(other).verify(last?.body ?? "", last?.headers ?? {});
  }, patience);

  await more("Switch off");
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await page.getByText("Gets nothing").waitFor();
  await more("Delete");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await page.getByText("No webhooks yet").waitFor();
});
