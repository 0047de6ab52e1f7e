// What stands above or in place of a page: dialogs, small forms, questions and refusals, on a desktop and on a
// phone.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { pageIn } from "../support/answers.ts";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { createPerson, type Person } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder, stockShop } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let viewer: Person;
let alert = "";
let edits = 0;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  viewer = await createPerson(service, "viewer@example.com", ["viewers"]);
  await stockShop(service);
  await createProduct(service, "VASE", { name: "Vase", unitsInStock: 8, stockAlertThreshold: 2 });
  await placeOrder(service, "CANCELLED", [
    { sku: "MUG-SAND", quantity: 2 },
    { sku: "VASE", quantity: 1 },
  ]);
  await service.send("POST", `/orders/${await orderId(service, "CANCELLED")}/cancel`);
  await createPerson(service, "a.manager.with.a.long.address@example.com", ["store-managers"]);
  alert = await seeTo("TEA/EARL");
});

/** Sees to the alert of an item and snoozes it, as soon as it is open. */
async function seeTo(sku: string): Promise<string> {
  const id = await vi.waitFor(
    async () => {
      const path = `/alerts?status=open&sku=${encodeURIComponent(sku)}`;
      const [open] = pageIn(await service.send("GET", path)).data;
      return z.string().parse(open?.["id"]);
    },
    { timeout: 20_000 },
  );
  const note = "Ordered from Potters Ltd, expected on Friday";
  const said = { acknowledged: true, note, snoozedUntil: "2040-03-01T00:00:00Z" };
  expect((await service.send("PATCH", `/alerts/${id}`, said)).status).toBe(200);
  return id;
}

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Chooses a CSV file on the page of the import. */
async function chooseFile({ page, visit }: Visitor, text: string): Promise<void> {
  await visit("/product-import");
  await page.locator('input[type="file"]').setInputFiles({
    name: "products.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
}

const states: readonly {
  readonly name: string;
  readonly area: "page" | "window";
  /** Brings the page into the state that is looked at. */
  readonly reach: (visitor: Visitor) => Promise<void>;
}[] = [
  {
    name: "adjust-stock",
    area: "window",
    async reach({ page, visit }) {
      await visit("/products?q=VASE");
      await button(page, "Adjust the stock of VASE").click();
      const form = page.getByRole("form", { name: "Adjust the stock of VASE" });
      await form.getByLabel("Units", { exact: true }).fill("5");
      await form.getByText("units", { exact: false }).last().waitFor();
    },
  },
  ...(["Cancel order", "Refund"] as const).map((action) => ({
    name: action === "Refund" ? "refund-order" : "cancel-order",
    area: "window" as const,
    async reach({ page, visit }: Visitor) {
      await visit(`/orders/${await orderId(service, "W-5")}`);
      await button(page, action).click();
      await page.getByRole("dialog").getByLabel("Note").waitFor();
    },
  })),
  {
    name: "restore-stock",
    area: "window",
    async reach({ page, visit }) {
      await visit(`/orders/${await orderId(service, "CANCELLED")}`);
      await button(page, "Restore stock").click();
      await page.getByRole("dialog").getByLabel("Vase").fill("7");
      await page.getByText("At most 1 unit can be restored.").waitFor();
    },
  },
  {
    name: "alert-seen-to",
    area: "page",
    async reach({ page, visit }) {
      await visit(`/alerts/${alert}`);
      await page.getByText("“Ordered from Potters Ltd, expected on Friday”").waitFor();
      await button(page, "End the snooze").waitFor();
      await page.getByLabel("Snooze until").fill("2040-04-01");
      await page.getByText("a.manager.with.a.long.address@example.com").first().waitFor();
    },
  },
  {
    name: "undo-receipt",
    area: "window",
    async reach({ page, visit }) {
      await visit("/receipts/DN-4711");
      await button(page, "Undo this receipt").click();
      await page.getByRole("dialog").getByText("6 units will be taken out").waitFor();
    },
  },
  {
    name: "test-mail",
    area: "window",
    async reach({ page, visit }) {
      await visit("/settings/mail-templates/shop:low_stock_internal");
      await button(page, "Send me a test").click();
      await page.getByText(/^Kept, not sent to/).waitFor();
    },
  },
  {
    name: "delete-product",
    area: "window",
    async reach({ page, visit }) {
      await visit("/products/VASE");
      await button(page, "Delete").click();
      await page.getByRole("dialog").getByText("can no longer be ordered").waitFor();
    },
  },
  {
    name: "leave-unsaved",
    area: "window",
    async reach({ page, visit }) {
      await visit("/products/VASE");
      await page.getByLabel("Name").fill("Vase, tall");
      await page.getByRole("main").getByRole("link", { name: "Products" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).waitFor();
    },
  },
  {
    name: "stale-product",
    area: "page",
    async reach({ page, visit }) {
      await visit("/products/VASE");
      await page.getByLabel("Name").fill("Vase, tall");
      edits += 1;
      await service.send("PATCH", "/products/VASE", { name: `Vase ${edits}` });
      await button(page, "Save").click();
      await page.getByText("Somebody else saved changes to this").waitFor();
    },
  },
  {
    name: "refused-product",
    area: "page",
    async reach({ page, visit }) {
      await visit("/products/VASE");
      await page.getByLabel("Units in Stock").fill("-3");
      await button(page, "Save").click();
      await page.getByText("Type 0 or more, or turn on Allow Negative Stock.").waitFor();
    },
  },
  {
    name: "import-faults",
    area: "page",
    async reach(visitor) {
      await chooseFile(visitor, "sku,name,unitsInStock\nVASE,Vase,lots\nNEW,,3\n");
      await visitor.page.getByText("2 errors in the file").waitFor();
    },
  },
  {
    name: "import-differences",
    area: "page",
    async reach(visitor) {
      await chooseFile(
        visitor,
        "sku,name,unitsInStock,stockAlertThreshold\nVASE,Vase with a very long name,77,5\nNEW,New,3,\n",
      );
      await visitor.page.getByRole("heading", { name: "1 to create, 1 to change" }).waitFor();
    },
  },
  {
    name: "unreachable",
    area: "page",
    async reach({ page, visit }) {
      await page.route("**/api/v1/orders?*", (route) => route.abort());
      await visit("/orders");
      await page.getByRole("alert").getByText("The service can't be reached").first().waitFor();
      await page.unroute("**/api/v1/orders?*");
    },
  },
];

describe.each(allLooks)("on a %s", (look) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await logIn(browser, service, { look });
    // Whoever leaves one state for the next is asked about what they typed, by the browser itself.
    visitor.page.on("dialog", (dialog) => void dialog.accept());
  });

  afterAll(() => visitor.leave());

  it.each(states)("the state $name is well made", async ({ name, area, reach }) => {
    await reach(visitor);
    expect(await lookOver(visitor, `state-${name}`, area)).toEqual([]);
  });

  it("a page that one may not see is well made", async () => {
    const refused = await logIn(browser, service, { person: viewer, look });
    await refused.visit("/new-product");
    await refused.page.getByText("Your account may not open this page").waitFor();
    expect(await lookOver(refused, "state-not-permitted")).toEqual([]);
    await refused.visit("/products/MUG");
    await refused.page.getByText("Stock Alert Threshold").first().waitFor();
    expect(await lookOver(refused, "state-product-read-only")).toEqual([]);
    await refused.leave();
  });
});

// The list has no thresholds on a phone.
it("the form of a threshold is well made", async () => {
  const visitor = await logIn(browser, service);
  const { page, visit, leave } = visitor;
  await visit("/products?q=VASE");
  await button(page, "Threshold of VASE: 2. Change it").click();
  await page.getByRole("form", { name: "Threshold of VASE" }).getByRole("textbox").fill("1.5");
  expect(await lookOver(visitor, "state-threshold", "window")).toEqual([]);
  await leave();
});

it("on a phone the navigation opens over the page, leads on, and closes", async () => {
  const visitor = await logIn(browser, service, { look: "phone" });
  const { page, visit, leave } = visitor;
  await visit("/overview");
  const alerts = page.getByRole("navigation").getByRole("link", { name: /^Alerts/ });
  expect(await alerts.isVisible()).toBe(false);
  await button(page, "Open the navigation").click();
  await alerts.waitFor();
  expect(await lookOver(visitor, "state-navigation", "window")).toEqual([]);
  await alerts.click();
  await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  await alerts.waitFor({ state: "hidden" });
  await leave();
});
