// Parts of the app that are files of their own, and requests, while the network is away or after an update: what was
// typed stays, what happened is said in plain words, and it can be tried again.

import { afterEach, describe, expect, it } from "vitest";
import { logIn, lookOver } from "../support/browser.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
const { page, visit } = visitor;
await createProduct(service, "MUG", { name: "Stoneware mug", unitsInStock: 10 });

afterEach(async () => {
  await page.context().setOffline(false);
  await page.unrouteAll();
});

const link = (name: string) => page.getByRole("link", { name, exact: true });

describe("a part of a page that can't be loaded", () => {
  it("leaves the list as it is, and is loaded once the network is back", async () => {
    await visit("/products");
    await page.route(/adjust-stock-form/, (route) => route.abort());
    await page.getByRole("button", { name: "Adjust the stock of MUG" }).click();
    await page.getByText("This form could not be loaded").waitFor();
    expect(await page.getByRole("heading", { name: "Products" }).isVisible()).toBe(true);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Received", { exact: true }).waitFor();
  });

  it("leaves the text of a template that is not saved", async () => {
    await visit("/settings/mail-templates/shop:low_stock_internal");
    await page.getByRole("textbox", { name: "Subject" }).fill("An unsaved subject");
    await page.route(/code-editor/, (route) => route.abort());
    await page.getByText("Own text", { exact: true }).click();
    await page.getByText("The editor could not be loaded").waitFor();
    expect(await lookOver(visitor, "part-not-loaded", "window")).toEqual([]);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("textbox", { name: "Text of the mail" }).waitFor();
    expect(await page.getByRole("textbox", { name: "Subject" }).inputValue()).toBe(
      "An unsaved subject",
    );
    await page.getByRole("button", { name: "Discard changes" }).click();
  });
});

describe("a page that can't be loaded", () => {
  it("leaves the one that is shown, with what was typed, and is opened by another try", async () => {
    await visit("/products/MUG");
    await page.getByLabel("Name").fill("An unsaved name");
    await page.context().setOffline(true);
    await link("Groups").click();
    await page.getByRole("button", { name: "Leave without saving" }).click();
    await page.getByText("The page could not be loaded").waitFor();
    await page.getByText("The service can't be reached").first().waitFor();
    expect(await page.getByLabel("Name").inputValue()).toBe("An unsaved name");
    expect(new URL(page.url()).pathname).toBe("/admin/products/MUG");
    expect(await page.getByText("Unable to preload").count()).toBe(0);
    expect(await lookOver(visitor, "page-not-loaded", "window")).toEqual([]);

    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Try again" }).first().click();
    await page.getByRole("button", { name: "Leave without saving" }).click();
    await page.getByRole("heading", { name: "Groups", level: 1 }).waitFor();
    expect(await page.getByText("could not be loaded").count()).toBe(0);
  });

  it("comes with its styles, though they could not be loaded at first", async () => {
    await visit("/products");
    await page.route(/group-page.*\.css/, (route) => route.abort());
    await link("Groups").click();
    await page.getByRole("heading", { name: "Groups", level: 1 }).waitFor();
    await page.getByRole("link", { name: "New group" }).click();
    await page.getByText("The page could not be loaded").waitFor();
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "New group" }).waitFor();
    const sheets = '[...document.styleSheets].filter(({ href }) => href?.includes("group-page"))';
    expect(await page.evaluate(`${sheets}.length`)).toBe(1);
  });

  it("is said to be of another version after an update, and opened by reloading", async () => {
    // Somebody whose browser has nothing of the app but the page that is open.
    const other = await logIn(browser, service);
    await other.visit("/products/MUG");
    await other.page.getByLabel("Name").fill("Of the old version");
    await other.page.route("**/admin/assets/**", (route) => route.fulfill({ status: 404 }));
    await other.page.getByRole("link", { name: "Alerts", exact: true }).click();
    await other.page.getByRole("button", { name: "Leave without saving" }).click();
    await other.page.getByText("Tallyman was updated").waitFor();
    expect(await other.page.getByLabel("Name").inputValue()).toBe("Of the old version");
    await other.page.getByRole("button", { name: "Save", exact: true }).click();
    await other.page.getByText("is saved.").waitFor();
    await other.page.unrouteAll();
    await other.page.getByRole("button", { name: "Reload" }).click();
    await other.page.getByRole("heading", { name: "Alerts", level: 1 }).waitFor();
    await other.leave();
  });

  it("is told in words where it is the first one", async () => {
    await page.route(/order-list-page/, (route) => route.abort());
    await page.goto(`${service.url}/admin/orders`);
    await page.getByText("This page could not be loaded").waitFor();
    expect(await page.getByText("import").count()).toBe(0);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("heading", { name: "Orders", level: 1 }).waitFor();
  });
});

describe("a form without a network", () => {
  it("says that it is not saved, can be discarded, and is saved by another try", async () => {
    await visit("/products/MUG");
    await page.getByLabel("Name").fill("Saved after all");
    await page.route("**/api/v1/products/MUG*", (route) => route.abort());
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The service can't be reached").first().waitFor();
    expect(await page.getByRole("button", { name: "Discard changes" }).isEnabled()).toBe(true);
    expect(await page.getByLabel("Name").inputValue()).toBe("Saved after all");
    await page.unrouteAll();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved after all is saved.").waitFor();
  });

  it("is filled with what is read, where that came late", async () => {
    await page.route("**/api/v1/product-types?*", (route) => route.abort());
    await page.goto(`${service.url}/admin/new-product`);
    await page.getByText("The service can't be reached").waitFor();
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("SKU").waitFor();
  });
});
