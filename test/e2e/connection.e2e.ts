// A session that ends and a network that is gone, in the middle of work: nothing that was typed is lost, and what was saved
// meanwhile is saved once, when it can be.

import { afterEach, describe, expect, it } from "vitest";
import { allLooks, logIn, lookOver } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();
const { page, visit } = visitor;
await createProduct(service, "MUG", { name: "Mug", unitsInStock: 10 });
await createProduct(service, "VASE", { name: "Vase", unitsInStock: 8 });

afterEach(() => page.context().setOffline(false));

const read = async (sku: string) => (await service.send("GET", `/products/${sku}`)).body;
const saveButton = page.getByRole("button", { name: "Save", exact: true });

describe("a session or a network that ends", () => {
  it.each(allLooks)(
    "is begun again in place, and a lost network waited for, on a %s",
    async (look) => {
      const person = await createPerson(service, `typist-${look}@example.com`, ["store-managers"]);
      const typist = await logIn(browser, service, { person, look });
      await typist.visit("/products/MUG");
      await typist.page.getByLabel("Name").fill(`Mug, typed in ${look}`);
      await service.sql("delete from admin_session where user_id = $1", [person.id]);
      await typist.page.getByRole("button", { name: "Save", exact: true }).click();
      const dialog = typist.page.getByRole("dialog", { name: "Your session has ended" });
      await dialog.getByText(person.email).waitFor();
      expect(await lookOver(typist, "session-ended", "window")).toEqual([]);
      await dialog.getByLabel("Password", { exact: true }).fill("not the password");
      await dialog.getByRole("button", { name: "Log in" }).click();
      await dialog.getByText("That was not right").waitFor();
      await dialog.getByLabel("Password", { exact: true }).fill(person.password);
      await dialog.getByLabel("Password", { exact: true }).press("Enter");
      await typist.page.getByText(`Mug, typed in ${look} is saved.`).waitFor();
      expect(await read("MUG")).toMatchObject({ name: `Mug, typed in ${look}` });

      await typist.page.getByLabel("Name").fill(`Mug, from a train, ${look}`);
      await typist.page.context().setOffline(true);
      await typist.page.getByText("You are offline. What you see may be old").waitFor();
      await typist.page.getByRole("button", { name: "Save", exact: true }).click();
      await typist.page.getByText("Your change is saved when you are back").waitFor();
      expect(await lookOver(typist, "offline", "window")).toEqual([]);
      expect(await read("MUG")).toMatchObject({ name: `Mug, typed in ${look}` });
      await typist.page.context().setOffline(false);
      await typist.page.getByText(`Mug, from a train, ${look} is saved.`).waitFor();
      await typist.page.getByText("You are offline").waitFor({ state: "detached" });
      expect(await read("MUG")).toMatchObject({ name: `Mug, from a train, ${look}` });
      await typist.leave();
    },
  );

  it("leaves a small form open, and goes on when the person has logged in in another tab", async () => {
    const person = await createPerson(service, "counter@example.com", ["store-managers"]);
    const counter = await logIn(browser, service, { person });
    await counter.visit("/products");
    await counter.page.getByRole("button", { name: "Adjust the stock of VASE" }).click();
    await counter.page.getByLabel("Units", { exact: true }).fill("4");
    await service.sql("delete from admin_session where user_id = $1", [person.id]);
    await counter.page.keyboard.press("Enter");
    const dialog = counter.page.getByRole("dialog", { name: "Your session has ended" });
    await dialog.getByText("Type the password").click();
    const opening = counter.page.waitForEvent("popup");
    await dialog.getByRole("link", { name: "Log in in a new tab instead" }).click();
    const popup = await opening;
    await popup.getByLabel("Email").fill(person.email);
    await popup.getByLabel("Password").fill(person.password);
    await popup.getByRole("button", { name: "Log in" }).click();
    await popup.getByRole("main").waitFor();
    await counter.page.bringToFront();
    await counter.page.evaluate("window.dispatchEvent(new Event('focus'))");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => read("VASE")).toMatchObject({ unitsInStock: 12 });
    await counter.leave();
  });

  it("can be left for later: the next save asks again", async () => {
    const person = await createPerson(service, "later@example.com", ["store-managers"]);
    const later = await logIn(browser, service, { person });
    await later.visit("/products/MUG");
    await later.page.getByLabel("Name").fill("Mug, later");
    await service.sql("delete from admin_session where user_id = $1", [person.id]);
    const save = later.page.getByRole("button", { name: "Save", exact: true });
    const dialog = later.page.getByRole("dialog", { name: "Your session has ended" });
    await save.click();
    await dialog.getByRole("button", { name: "Not now" }).click();
    await later.page.getByText("You are logged out").waitFor();
    expect(await later.page.getByLabel("Name").inputValue()).toBe("Mug, later");
    await save.click();
    await dialog.getByLabel("Password", { exact: true }).fill(person.password);
    await dialog.getByRole("button", { name: "Log in" }).click();
    await later.page.getByText("Mug, later is saved.").waitFor();
    await later.leave();
  });
});

describe("without a network", () => {
  it("a save that waits can be given up, and is never sent", async () => {
    await visit("/products/MUG");
    const before = await read("MUG");
    await page.getByLabel("Name").fill("Mug, given up");
    await page.context().setOffline(true);
    await saveButton.click();
    await page.getByRole("button", { name: "Don't save" }).click();
    await page.getByText("Nothing was saved. Try again when you are connected.").waitFor();
    await page.context().setOffline(false);
    await page.getByText("You are offline. What").waitFor({ state: "detached" });
    expect(await read("MUG")).toEqual(before);
    expect(await page.getByLabel("Name").inputValue()).toBe("Mug, given up");
    await page.getByRole("button", { name: "Discard changes" }).click();
  });
});
