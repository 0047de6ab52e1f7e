// No page asks anything of another origin. The tests of every page hold that; here stands that they would
// notice, and what of the service's pages lies outside the app.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  allLooks,
  lookOver,
  logIn,
  openContext,
  startBrowser,
  type Visitor,
} from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";

/** Nobody listens there. */
const elsewhere = "http://127.0.0.1:9";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 30 });
  await placeOrder(service, "O-1", [{ sku: "MUG", quantity: 1 }]);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

describe("what a page asks of elsewhere", () => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await logIn(browser, service);
    await visitor.visit("/products");
  });

  afterAll(() => visitor.leave());

  const ways: readonly { readonly by: string; readonly script: string }[] = [
    { by: "an image", script: `new Image().src = "${elsewhere}/image"` },
    { by: "a request", script: `void fetch("${elsewhere}/request").catch(() => {})` },
    {
      by: "a style sheet",
      script: `document.head.insertAdjacentHTML("beforeend",
        '<link rel="stylesheet" href="${elsewhere}/style-sheet">')`,
    },
    {
      by: "a socket",
      script: `try { new WebSocket("${elsewhere}/socket".replace("http", "ws")) } catch {}`,
    },
  ];

  it.each(ways)("by $by is refused by the page's policy, and noticed", async ({ script }) => {
    const { page, complaints } = visitor;
    const before = complaints.length;
    await page.evaluate(script);
    const noticed = () => complaints.slice(before).join("\n");
    await expect.poll(noticed).toContain("Content Security Policy");
  });

  it("is noticed where no policy refuses it, in a tab that the page opens too", async () => {
    const { page, complaints } = visitor;
    const opening = page.waitForEvent("popup");
    await page.evaluate(`void window.open("/livez")`);
    const popup = await opening;
    await popup.waitForLoadState();
    await popup.evaluate(`new Image().src = "${elsewhere}/from-a-tab"`);
    await expect.poll(() => complaints).toContainEqual(`asked ${elsewhere}/from-a-tab`);
  });
});

describe.each(allLooks)("on a %s", (look) => {
  const outside: readonly {
    readonly name: string;
    readonly show: (page: Page) => Promise<unknown>;
  }[] = [
    { name: "login", show: (page) => page.goto(`${service.url}/admin/login`) },
    {
      name: "login-refused",
      async show(page) {
        await page.goto(`${service.url}/admin/login`);
        await page.getByLabel("Email").fill("nobody@example.com");
        await page.getByLabel("Password").fill("not their password");
        await page.getByRole("button", { name: "Log in" }).click();
        await page.getByRole("alert").waitFor();
      },
    },
    { name: "logout", show: (page) => page.goto(`${service.url}/admin/logout`) },
  ];

  it.each(outside)("the page $name is well made", async ({ name, show }) => {
    const { context, complaints } = await openContext(browser, service, look);
    const page = await context.newPage();
    await show(page);
    expect(await lookOver({ page, look, complaints }, `outside-${name}`)).toEqual([]);
    await context.close();
  });

  it("the page queues-refused is well made", async () => {
    const person = await createPerson(service, `packer-${look}@example.com`);
    const visitor = await logIn(browser, service, { person, look });
    await visitor.page.goto(`${service.url}/admin/queues`);
    await visitor.page.getByRole("heading", { name: "Not allowed" }).waitFor();
    expect(await lookOver(visitor, "outside-queues-refused")).toEqual([]);
    await visitor.leave();
  });
});

describe("pages of others that the service shows", () => {
  it("Bull Board asks for nothing, and its policy refuses nothing of it", async () => {
    const { page, complaints, leave } = await logIn(browser, service);
    const id = await orderId(service, "O-1");
    for (const path of ["", "/queue/orders", `/queue/orders/${id}`, "/queue/mail"]) {
      await page.goto(`${service.url}/admin/queues${path}`);
      await page.getByRole("main").waitFor();
      await page.waitForLoadState("networkidle");
    }
    expect(complaints).toEqual([]);
    await leave();
  });

  it("the API's documentation asks for nothing", async () => {
    const { page, complaints, leave } = await logIn(browser, service);
    await page.goto(`${service.url}/docs`);
    await page.locator(".opblock").first().click();
    await page.locator(".opblock.is-open .responses-table").first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    await leave();
  });
});
