// The manual's stories about Settings: who may log in, who is mailed, and which programs may call the API.

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chooseBy } from "../support/account-mails.ts";
import { logIn } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

const lastAdministrator = /nobody could pass it on: .*change administrators/i;

describe("the group store-managers", () => {
  it("decides who is mailed: an alert that nobody was told of is mailed to whoever joins", async () => {
    const { page, visit } = visitor;
    await createPerson(service, "night@example.com");
    await visit("/settings/groups");
    await page.getByRole("link", { name: "Store managers" }).click();
    await page.getByText("This group gets mails about low stock").waitFor();
    await page.getByRole("button", { name: "Remove Administrator from the group" }).click();
    await page.getByText("Nobody gets mails about low stock").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();

    await createProduct(service, "MUG", { name: "Mug", unitsInStock: 6, stockAlertThreshold: 5 });
    await placeOrder(service, "MUG-1", [{ sku: "MUG", quantity: 2 }]);
    await expect
      .poll(async () => (await service.send("GET", "/alerts?status=open")).body)
      .toMatchObject({ data: [{ sku: "MUG", recipientsMissing: true }] });

    await visit("/settings/groups");
    await page.getByText("Nobody gets mails about low stock").waitFor();
    await page.getByRole("link", { name: "Add a member" }).click();
    await page.getByRole("combobox", { name: "Add a member" }).fill("night");
    await page.getByRole("option", { name: /night@example\.com/ }).click();
    await page.getByText("This group gets mails about low stock").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();

    await expect
      .poll(async () => (await service.send("GET", "/mails?status=sent")).body)
      .toMatchObject({ data: [{ to: { email: "night@example.com" } }] });
    await visit("/settings/mails");
    await page.getByRole("link", { name: "Product Stock Low - Mug" }).waitFor();
  });

  it("can't be deleted", async () => {
    const { page, visit } = visitor;
    await visit("/settings/groups/store-managers");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("alert").getByText("The store needs it.").waitFor();
    expect((await service.send("GET", "/admin-groups/store-managers")).status).toBe(200);
  });
});

describe("a group", () => {
  it("is made of permissions in words, and its code is refused beside the field", async () => {
    const { page, visit } = visitor;
    await visit("/settings/new-group");
    await page.getByLabel("Name").fill("Night shift");
    await page.getByRole("textbox", { name: "Code" }).fill("Night Shift");
    await page.getByLabel("Correct counts and receive new stock").check();
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByText(/expected up to 60 lower-case letters/i).waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill("viewers");
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByText("This code is in use.").waitFor();
    await page.getByRole("textbox", { name: "Code" }).fill("night-shift");
    await page.getByRole("button", { name: "Create group" }).click();
    await page.waitForURL(/\/settings\/groups\/night-shift$/);
    expect((await service.send("GET", "/admin-groups/night-shift")).body).toMatchObject({
      name: "Night shift",
      permissions: ["stock:write"],
      members: [],
    });
  });

  it("that somebody else changed meanwhile shows what they changed", async () => {
    const { page, visit } = visitor;
    await visit("/settings/groups/viewers");
    await page.getByLabel("Read every change, as other programs do").uncheck();
    await service.send("PUT", "/admin-groups/viewers", {
      name: "Onlookers",
      permissions: ["catalogue:read", "events:read"],
    });
    await page.getByRole("button", { name: "Save", exact: true }).click();
    const notice = page
      .getByRole("alert")
      .filter({ hasText: "Somebody else saved changes to this" });
    await notice.getByText("Name: Viewers → Onlookers").waitFor();
    await page.getByRole("button", { name: "Discard my changes" }).click();
    expect(await page.getByLabel("Name").inputValue()).toBe("Onlookers");
    expect(await page.getByLabel("Read every change, as other programs do").isChecked()).toBe(true);
  });
});

/** The page has the form of the person's mails too. */
const saveOf = (page: Page) =>
  page
    .locator("form", { has: page.getByLabel("May log in") })
    .getByRole("button", { name: "Save", exact: true });

describe("an administrator", () => {
  it("is invited with a link that is shown once, chooses a password by it, and is disabled", async () => {
    const { page, visit } = visitor;
    await visit("/settings/administrators");
    await page.getByRole("button", { name: "Invite a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("New colleague");
    await dialog.getByLabel("Email").fill("ADMIN@example.com");
    await dialog.getByRole("button", { name: "Invite" }).click();
    await dialog.getByText("Expected an address that nobody else has.").waitFor();
    await dialog.getByLabel("Email").fill("colleague@example.com");
    await dialog.getByLabel("Administrators").check();
    await dialog.getByRole("button", { name: "Invite" }).click();
    await page.getByText("The link is shown only once").waitFor();
    const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
    await dialog.getByRole("button", { name: "Done" }).click();

    const password = "lemons on a tin roof";
    const token = new URL(link).searchParams.get("token") ?? "";
    expect(await chooseBy(service.url, token, password)).toBe(303);
    const person = { email: "colleague@example.com", password };
    const colleague = await logIn(browser, service, { person });
    await colleague.visit("/settings/administrators");

    await page.getByRole("link", { name: "New colleague" }).click();
    await page.getByLabel("May log in").uncheck();
    await saveOf(page).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    await colleague.page.reload();
    await colleague.page.getByRole("button", { name: "Log in" }).waitFor();
    expect((await service.send("GET", "/admin-users?q=colleague")).body).toMatchObject({
      data: [{ name: "New colleague", groups: ["administrators"], enabled: false }],
    });
    await colleague.leave();
  });

  it("who forgot their password is given another", async () => {
    const { page, visit } = visitor;
    const { id, email } = await createPerson(service, "forgetful@example.com", ["administrators"]);
    await visit(`/settings/administrators/${id}`);
    await page.getByRole("button", { name: "Set a new password" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("New password").fill("short");
    await dialog.getByRole("button", { name: "Set password" }).click();
    await dialog.getByText("Expected a password of at least 10 characters.").waitFor();
    await dialog.getByRole("button", { name: "Generate one" }).click();
    await dialog.getByRole("button", { name: "Set password" }).click();
    await page.getByText("The new password is set").waitFor();
    const password = await dialog.getByRole("textbox", { name: "Password" }).inputValue();
    await dialog.getByRole("button", { name: "Done" }).click();
    const remembered = await logIn(browser, service, { person: { email, password } });
    await remembered.leave();
    await page.getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/settings\/administrators$/);
    expect((await service.send("GET", `/admin-users/${id}`)).status).toBe(404);
  });

  it("can't be removed where they are the last, by no way there is", async () => {
    const { page, visit } = visitor;
    await visit("/settings/administrators");
    await page.getByRole("link", { name: "Administrator", exact: true }).click();
    const refusal = page.getByRole("alert").filter({ hasText: lastAdministrator });

    await page.getByLabel("May log in").uncheck();
    await saveOf(page).click();
    await refusal.waitFor();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await refusal.waitFor({ state: "detached" });

    await page.getByRole("checkbox", { name: "Administrators" }).uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await refusal.waitFor();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await refusal.waitFor({ state: "detached" });

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await refusal.waitFor();

    await visit("/settings/groups/administrators");
    await page
      .getByLabel("Change administrators, groups, API keys and the store's settings")
      .uncheck();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await refusal.waitFor();
    await page.getByRole("button", { name: "Discard changes" }).click();
    expect((await service.send("GET", "/admin-groups/administrators")).body).toMatchObject({
      permissions: expect.arrayContaining(["admin:write"]),
      members: expect.arrayContaining([
        expect.objectContaining({ email: "admin@example.com", enabled: true }),
      ]),
    });
  });
});

describe("a viewer in the settings", () => {
  it("sees what they may read, is offered nothing else, and is told what is missing", async () => {
    const person = await createPerson(service, "reader@example.com");
    await service.send("PUT", "/admin-groups/readers", {
      name: "Readers",
      permissions: ["catalogue:read", "mails:read", "templates:read"],
      members: [person.id],
    });
    const { page, visit, leave } = await logIn(browser, service, { person });
    await visit("/settings/mail-templates/shop:low_stock_internal");
    await page.getByLabel("Subject").waitFor();
    expect(await page.getByLabel("Subject").isEditable()).toBe(false);
    await page.frameLocator("iframe").getByText("is running low").waitFor();
    for (const name of ["Save", "Send me a test", "Write your own text instead"]) {
      expect(await page.getByRole("button", { name, exact: true }).count()).toBe(0);
    }
    await visit("/settings/product-types");
    expect(await page.getByRole("link", { name: "New product type" }).count()).toBe(0);
    await page.getByRole("link", { name: "Goods" }).click();
    await page.getByLabel("Inventory").waitFor();
    expect(await page.getByLabel("Inventory").isDisabled()).toBe(true);
    expect(await page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    await visit("/settings/mails");
    await page.getByRole("link", { name: "Product Stock Low - Mug" }).click();
    await page.getByText("Message-ID").waitFor();
    expect(await page.getByRole("button", { name: /again$/ }).count()).toBe(0);

    for (const name of ["Administrators", "Groups", "API keys", "Store"]) {
      expect(await page.getByRole("link", { name, exact: true }).count()).toBe(0);
    }
    for (const path of ["administrators", "groups", "new-group", "api-keys", "store"]) {
      await visit(`/settings/${path}`);
      await page.getByText("Your account may not open this page").waitFor();
    }
    await leave();
  });
});

describe("an API key", () => {
  it("is shown once, works, and once revoked works no more", async () => {
    const { page, visit } = visitor;
    await visit("/settings/api-keys");
    await page.getByRole("button", { name: "New API key" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("checkout");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await dialog.getByText("Choose at least one.").waitFor();
    await dialog.getByRole("button", { name: "What a checkout needs" }).click();
    await dialog.getByLabel("How long it works").selectOption("90 days");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await page.getByText("The key is shown only once").waitFor();
    await dialog.getByText(/It stops working on /).waitFor();
    const key = await dialog.getByLabel("API key").inputValue();
    await page.keyboard.press("Escape");
    expect(await dialog.getByLabel("API key").inputValue()).toBe(key);
    await dialog.getByRole("button", { name: "Done" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(await page.content()).not.toContain(key);

    const authorization = `Bearer ${key}`;
    const ask = async (path: string) =>
      (await service.send("GET", path, undefined, { authorization })).status;
    expect(await ask("/orders")).toBe(200);
    expect(await ask("/admin-users")).toBe(403);

    await page.reload();
    const row = page.getByRole("row").filter({ hasText: "checkout" });
    await row.getByText("just now").waitFor();
    await row.getByText(/^until /).waitFor();
    await page.getByRole("button", { name: "Revoke checkout" }).click();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await page.getByText("The key checkout is revoked.").waitFor();
    await page.getByRole("row").filter({ hasText: "checkout" }).getByText("Revoked").waitFor();
    expect(await ask("/orders")).toBe(401);
  });

  it("that has expired is shown as such, and can't be revoked any more", async () => {
    const { page, visit } = visitor;
    await service.send("POST", "/api-keys", {
      name: "seasonal",
      scopes: ["stock:read"],
      expiresAt: "2090-01-31T12:00:00Z",
    });
    await service.sql(
      `update api_key set created_at = now() - interval '2 days', expires_at = now() - interval '1 day'
        where name = 'seasonal'`,
    );
    await visit("/settings/api-keys");
    const row = page.getByRole("row").filter({ hasText: "seasonal" });
    await row.getByText("Expired").waitFor();
    await row.getByText("Not yet").waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
  });
});

describe("the store's settings", () => {
  it("are refused beside the field, and once saved are what mails say", async () => {
    const { page, visit } = visitor;
    await visit("/settings/store");
    await page.getByLabel("Store name").fill("Corner Shop");
    await page.getByLabel("Reply-to address").fill("nobody");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText(/^Expected an email address such as ada@example\.com/).waitFor();
    await page.getByLabel("Reply-to address").fill("desk@example.com");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved. The next mail and the next order use these settings.").waitFor();
    expect((await service.send("GET", "/store")).body).toMatchObject({
      name: "Corner Shop",
      mailFromEmail: null,
      replyToEmail: "desk@example.com",
      configured: { mailFromName: "Tallyman" },
    });
    await visit("/settings/mail-templates/shop:low_stock_internal");
    await page.frameLocator("iframe").getByText("Corner Shop", { exact: true }).waitFor();
  });
});

describe("a product type", () => {
  it("turned off hides stock and says so first", async () => {
    const { page, visit } = visitor;
    await visit("/settings/product-types");
    await page.getByRole("link", { name: "New product type" }).click();
    await page.getByLabel("Name").fill("Gift card");
    await page.getByRole("textbox", { name: "Code" }).fill("gift-card");
    await page.getByLabel("Variants").uncheck();
    await page.getByRole("button", { name: "Create product type" }).click();
    await page.waitForURL(/\/settings\/product-types\/gift-card$/);
    await page.getByLabel("Inventory").uncheck();
    await page.getByText("If you turn this off, the stock of its products").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.", { exact: true }).waitFor();
    expect((await service.send("GET", "/product-types/gift-card")).body).toMatchObject({
      name: "Gift card",
      hasInventory: false,
      hasVariants: false,
    });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.waitForURL(/\/settings\/product-types$/);
    await visit("/settings/product-types/goods");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByRole("alert").waitFor();
  });
});
