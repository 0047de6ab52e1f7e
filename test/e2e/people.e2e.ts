// Who may do what, who is logged in, and what happens when two edit the same thing.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logIn, lookOver, startBrowser } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 30, stockAlertThreshold: 4 });
  await placeOrder(service, "V-1", [{ sku: "MUG", quantity: 1 }]);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;

describe("a viewer", () => {
  it("sees everything and is offered nothing that would be refused", async () => {
    const person = await createPerson(service, "viewer@example.com", ["viewers"]);
    const { page, visit, leave } = await logIn(browser, service, { person });
    await visit("/products");
    await page.getByRole("link", { name: "Mug" }).waitFor();
    expect(await page.getByRole("link", { name: "New product" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Import" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: /^Adjust/ }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Administrators" }).count()).toBe(0);

    await visit("/products/MUG");
    await page.getByText("Stock Alert Threshold").waitFor();
    expect(await page.getByRole("textbox").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);

    await visit(`/orders/${await orderId(service, "V-1")}`);
    await page.getByText("Status log").waitFor();
    expect(await page.getByRole("button", { name: "Cancel order" }).count()).toBe(0);
    await leave();
  });

  it("is told what is missing at an address they were sent, and refused by the API itself", async () => {
    const person = await createPerson(service, "guest@example.com", ["viewers"]);
    const { page, visit, leave } = await logIn(browser, service, { person });
    await visit("/new-product");
    await page.getByText("Your account may not open this page").waitFor();
    const answer = await page.evaluate<number>(
      `fetch("/api/v1/stock/MUG/adjustments", {
         method: "POST", headers: { "Content-Type": "application/json" },
         body: JSON.stringify({ delta: 5 }) }).then((response) => response.status)`,
    );
    expect(answer).toBe(403);
    await leave();
  });
});

describe("somebody who is not logged in", () => {
  it("comes back to the page they asked for once they are", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${service.url}/admin/products?q=MUG&status=`);
    await page.getByLabel("Email").fill("admin@example.com");
    await page.getByLabel("Password").fill("a long test password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL(/\/admin\/products\?q=MUG/);
    await page.getByRole("link", { name: "Mug" }).waitFor();
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.waitForURL(/\/admin\/login/);
    await page.goto(`${service.url}/admin/products`);
    expect(page.url()).toContain("/admin/login?next=%2Fadmin%2Fproducts");
    await context.close();
  });
});

describe("two people at one product", () => {
  it("a stale save shows what changed meanwhile, and keeps both people's work", async () => {
    await createProduct(service, "VASE", { name: "Vase", unitsInStock: 8, stockAlertThreshold: 2 });
    const visitor = await logIn(browser, service);
    const { page, visit, leave } = visitor;
    await visit("/products/VASE");
    await page.getByLabel("Name").fill("Vase, tall");
    await service.send("PATCH", "/products/VASE", { stockAlertThreshold: 5, name: "Vase, blue" });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const notice = page
      .getByRole("alert")
      .filter({ hasText: "Somebody else saved changes to this" });
    await notice.getByText("Stock Alert Threshold: 2 → 5").waitFor();
    await notice.getByText("Name: Vase → Vase, blue (you: Vase, tall)").waitFor();
    expect(await read("VASE")).toMatchObject({ name: "Vase, blue" });
    expect(await lookOver(visitor, "stale-edit")).toEqual([]);

    await page.getByRole("button", { name: "Add my changes to theirs" }).click();
    expect(await page.getByLabel("Stock Alert Threshold").inputValue()).toBe("5");
    expect(await page.getByLabel("Name").inputValue()).toBe("Vase, tall");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Vase, tall is saved.").waitFor();
    expect(await read("VASE")).toMatchObject({ name: "Vase, tall", stockAlertThreshold: 5 });
    await leave();
  });

  it("whoever wants may take the other's version instead", async () => {
    await createProduct(service, "BOWL", { name: "Bowl", unitsInStock: 8 });
    const { page, visit, leave } = await logIn(browser, service);
    await visit("/products/BOWL");
    await page.getByLabel("Name").fill("Bowl, mine");
    await service.send("PATCH", "/products/BOWL", { name: "Bowl, theirs" });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Discard my changes" }).click();
    expect(await page.getByLabel("Name").inputValue()).toBe("Bowl, theirs");
    await page.getByText("Nothing to save").waitFor();
    await leave();
  });

  it("a count is not overwritten by a form that was opened before a sale", async () => {
    await createProduct(service, "JUG", { name: "Jug", unitsInStock: 10 });
    const { page, visit, leave } = await logIn(browser, service);
    await visit("/products/JUG");
    await page.getByLabel("Units in Stock").fill("12");
    await placeOrder(service, "JUG-1", [{ sku: "JUG", quantity: 4 }]);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Units were sold or counted in the meantime.").waitFor();
    expect(await read("JUG")).toMatchObject({ unitsInStock: 6 });
    await leave();
  });

  it("saving twice in a hurry saves once", async () => {
    await createProduct(service, "ONCE", { name: "Once", unitsInStock: 1 });
    const { page, visit, leave } = await logIn(browser, service);
    await visit("/products/ONCE");
    await page.getByLabel("Name").fill("Once only");
    let requests = 0;
    await page.route("**/api/v1/products/ONCE", async (route) => {
      if (route.request().method() === "PATCH") requests += 1;
      await route.continue();
    });
    await page.evaluate(
      `(() => { const form = document.querySelector("form");
         form.requestSubmit(); form.requestSubmit(); form.requestSubmit(); })()`,
    );
    await page.getByText("Once only is saved.").waitFor();
    expect(requests).toBe(1);
    expect(await read("ONCE")).toMatchObject({ version: 2 });
    await leave();
  });
});

describe("an administrator", () => {
  it("can't change their own address, reads who can, and changes that of somebody else", async () => {
    const admin = await createPerson(service, "boss@example.com", ["administrators"]);
    const other = await createPerson(service, "moves@example.com", ["viewers"]);
    const { page, visit, leave } = await logIn(browser, service, { person: admin });
    const email = page.getByLabel("Email", { exact: true });
    await visit(`/settings/administrators/${admin.id}`);
    await page.getByText("Only another administrator can change your own address.").waitFor();
    expect(await email.isEditable()).toBe(false);
    await visit("/account");
    expect(await email.count()).toBe(0);
    await visit(`/settings/administrators/${other.id}`);
    await email.fill("moved@example.com");
    await page.getByRole("button", { name: "Save" }).first().click();
    await page.getByText("Saved.").waitFor();
    expect((await service.send("GET", `/admin-users/${other.id}`)).body).toMatchObject({
      email: "moved@example.com",
    });
    await visit("/overview");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    await leave();
  });
});
