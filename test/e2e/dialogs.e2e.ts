// What stands above or in place of a page: dialogs, small forms, questions and refusals, in light, in dark, and
// on a phone.

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allLooks, lookOver, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { createPerson, type Person } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder, stockShop } from "../support/shop.ts";

let service: TestService;
let browser: Browser;
let viewer: Person;
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
});

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

describe.each(allLooks)("in %s", (look) => {
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
