// Every page and dialog of the settings, on a desktop and on a phone.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { appAddresses, unvisited } from "../support/app-addresses.ts";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { stockShop } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let person: string;
let mail: string;
let webhook: string;
let saves = 0;

beforeAll(async () => {
  [service, browser] = await Promise.all([
    startTestService({ environment: { WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1" } }),
    startBrowser(),
  ]);
  await createPerson(service, "early@example.com", ["store-managers"]);
  person = (await createPerson(service, "late@example.com", ["store-managers", "viewers"])).id;
  await stockShop(service);
  await service.send("POST", "/api-keys", { name: "checkout", scopes: ["orders:write"] });
  const sent = () => service.sql<{ id: string }>("select id from mail where status = 'sent'");
  const [row] = await vi.waitFor(
    async () => {
      const rows = await sent();
      expect(rows).not.toEqual([]);
      return rows;
    },
    { timeout: 30_000, interval: 200 },
  );
  mail = z.string().parse(row?.id);
  webhook = await makeFailingWebhook();
  const template = "/mail-templates/shop:low_stock_internal";
  const body = "# {{ product.name }}\n\nOnly **{{ stock.unitsInStock }}** left.";
  await service.send("PUT", template, { subject: "Reorder {{ holder.sku }}", body });
  await service.send("PUT", template, { subject: null, body: `${body}\n\nHurry!` });
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** A webhook that is behind and fails, with a log, and others in other states. Nobody delivers to the paused ones. */
async function makeFailingWebhook(): Promise<string> {
  const ids: string[] = [];
  for (const [description, channel] of [
    ["The shop front", "webhook"],
    ["Warehouse chat", "slack"],
    ["", "webhook"],
  ] as const) {
    const url = "http://127.0.0.1:9/a/very/long/path/of-an-address-that-has-no-blanks-in-it";
    const { body } = await service.send("POST", "/webhooks", { url, description, channel });
    const { id } = z.object({ id: z.string() }).parse(body);
    await service.send("POST", `/webhooks/${id}/${ids.length === 1 ? "disable" : "pause"}`);
    ids.push(id);
  }
  const [id = ""] = ids;
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const lane = { lane: 1, place: "1", attempts: 5, failingSince: since, nextAt: since };
  await service.sql(
    `update webhook_endpoint set paused_because = 'failing', lanes = $2 where id = $1`,
    [id, JSON.stringify([lane])],
  );
  await service.sql(
    `insert into webhook_attempt (endpoint_id, place, type, attempt, outcome, status, took_ms, error, answer)
     select $1, 2, case n % 2 when 0 then 'order.rejected' else 'stock.changed' end, n, 'failed', 503, 12,
       'Expected a status from 200 to 299; the endpoint answered 503.', 'Service Unavailable'
     from generate_series(1, 5) n`,
    [id],
  );
  return id;
}

/** What a frame shows is drawn only where it is inside the window. */
async function seeMail(page: Page): Promise<void> {
  await page.frameLocator("iframe").locator(".tm-card").first().waitFor();
  const height = await page.evaluate<number>("document.documentElement.scrollHeight");
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 1280, height });
}

/** Keys that were made: each living one has a name of its own. */
let made = 0;

const pages: readonly {
  readonly name: string;
  readonly path: () => string;
  /** Brings the page into the state that is looked at. */
  readonly act?: (page: Page) => Promise<void>;
}[] = [
  { name: "administrators", path: () => "/settings/administrators" },
  { name: "administrators-none", path: () => "/settings/administrators?q=nobody+is+called+so" },
  { name: "administrator", path: () => `/settings/administrators/${person}` },
  {
    name: "invite",
    path: () => "/settings/administrators",
    async act(page) {
      await page.getByRole("button", { name: "Invite a person" }).click();
      await page.getByRole("dialog").getByLabel("Store managers").waitFor();
    },
  },
  {
    name: "invited",
    path: () => "/settings/administrators",
    async act(page) {
      await page.getByRole("button", { name: "Invite a person" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("New colleague");
      await dialog.getByLabel("Email").fill(`colleague-${Date.now()}@example.com`);
      await dialog.getByRole("button", { name: "Invite" }).click();
      await page.getByText("The link is shown only once").waitFor();
    },
  },
  {
    name: "new-password",
    path: () => `/settings/administrators/${person}`,
    async act(page) {
      await page.getByRole("button", { name: "Set a new password" }).click();
      await page.getByRole("dialog").getByLabel("New password").waitFor();
    },
  },
  { name: "groups", path: () => "/settings/groups" },
  { name: "group", path: () => "/settings/groups/store-managers" },
  { name: "new-group", path: () => "/settings/new-group" },
  { name: "product-types", path: () => "/settings/product-types" },
  { name: "product-type", path: () => "/settings/product-types/service" },
  { name: "new-product-type", path: () => "/settings/new-product-type" },
  { name: "mail-templates", path: () => "/settings/mail-templates" },
  {
    name: "mail-template",
    path: () => "/settings/mail-templates/shop:low_stock_internal",
    async act(page) {
      await page.getByRole("textbox", { name: "Text of the mail" }).waitFor();
      await seeMail(page);
    },
  },
  {
    name: "mail-template-fault",
    path: () => "/settings/mail-templates/shop:low_stock_internal",
    async act(page) {
      await page.getByRole("textbox", { name: "Text of the mail" }).click();
      await page.keyboard.type("{{ product.price }} ");
      await page.getByText("This can't be sent yet").waitFor();
      await page.locator(".cm-lint-marker-error").waitFor();
    },
  },
  { name: "mails", path: () => "/settings/mails" },
  { name: "mails-none", path: () => "/settings/mails?status=failed" },
  { name: "mail", path: () => `/settings/mails/${mail}`, act: seeMail },
  {
    name: "mail-text",
    path: () => `/settings/mails/${mail}`,
    act: (page) => page.getByText("Text", { exact: true }).click(),
  },
  { name: "api-keys", path: () => "/settings/api-keys" },
  {
    name: "new-api-key",
    path: () => "/settings/api-keys",
    async act(page) {
      await page.getByRole("button", { name: "New API key" }).click();
      await page.getByRole("button", { name: "What a checkout needs" }).click();
    },
  },
  {
    name: "api-key-made",
    path: () => "/settings/api-keys",
    async act(page) {
      await page.getByRole("button", { name: "New API key" }).click();
      await page.getByRole("dialog").getByLabel("Name").fill(`newsletter ${made}`);
      made += 1;
      await page.getByLabel("Read every change, as other programs do").check();
      await page.getByRole("button", { name: "Create key" }).click();
      await page.getByText("The key is shown only once").waitFor();
    },
  },
  { name: "webhooks", path: () => "/settings/webhooks" },
  {
    name: "new-webhook",
    path: () => "/settings/webhooks",
    async act(page) {
      await page.getByRole("button", { name: "New webhook" }).click();
      await page.getByText("Some changes", { exact: true }).click();
      await page.getByRole("dialog").getByLabel("A product is out").waitFor();
    },
  },
  {
    name: "webhook-made",
    path: () => "/settings/webhooks",
    async act(page) {
      await page.getByRole("button", { name: "New webhook" }).click();
      await page.getByRole("dialog").getByLabel("Address").fill("http://127.0.0.1:9/hook");
      await page.getByRole("button", { name: "Create webhook" }).click();
      await page.getByText("The secret is shown only once").waitFor();
    },
  },
  { name: "webhook", path: () => `/settings/webhooks/${webhook}` },
  {
    name: "webhook-actions",
    path: () => `/settings/webhooks/${webhook}`,
    async act(page) {
      await page.getByRole("button", { name: "Send a test" }).click();
      await page.getByText("The test failed").waitFor();
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Send changes again" }).click();
      await page.getByRole("dialog").getByLabel("Everything since").waitFor();
    },
  },
  {
    name: "webhook-new-secret",
    path: () => `/settings/webhooks/${webhook}`,
    async act(page) {
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "New secret" }).click();
      await page.getByRole("dialog").getByLabel("How long the old secret works").waitFor();
    },
  },
  { name: "activity", path: () => "/settings/activity" },
  { name: "activity-of-groups", path: () => "/settings/activity?area=group" },
  { name: "store", path: () => "/settings/store" },
  {
    name: "store-stale",
    path: () => "/settings/store",
    async act(page) {
      await page.getByLabel("Store name").fill("Corner Shop");
      saves += 1;
      await service.send("PUT", "/store", { name: `Shop ${saves}` });
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Somebody else saved changes to this").waitFor();
    },
  },
];

it("all of the settings' addresses are looked at here", () => {
  const settings = appAddresses.filter((address) => address.startsWith("/settings/"));
  expect(settings).toContain("/settings/groups/:code");
  expect(
    unvisited(
      settings,
      pages.map(({ path }) => path()),
    ),
  ).toEqual([]);
});

describe.each(allLooks)("on a %s", (look) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await logIn(browser, service, { look });
  });

  afterAll(() => visitor.leave());

  it.each(pages)("the settings' page $name is well made", async ({ name, path, act }) => {
    const { page, visit } = visitor;
    const window = page.viewportSize();
    await visit(path());
    await act?.(page);
    expect(await lookOver(visitor, `settings-${name}`)).toEqual([]);
    if (window !== null) await page.setViewportSize(window);
  });
});
