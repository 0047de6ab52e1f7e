// What needs a person now: the overview that follows by itself, and the alerts with who was told of them.

import { describe, expect, it } from "vitest";
import { allLooks, logIn, lookOver } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { createProduct, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser, visitor } = await startVisitedService();

describe("the overview", () => {
  it("follows what happens by itself, and each number leads to what is behind it", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LAST", { name: "Last one", unitsInStock: 1 });
    await visit("/overview");
    const card = (label: string) =>
      page.getByRole("main").getByRole("link", { name: new RegExp(`^${label}`) });
    const orders = page.getByRole("figure", { name: /^Orders per hour/ });
    expect(await card("Rejected").textContent()).toContain("Rejected0");
    expect(await card("Not sold").textContent()).toContain("Not sold0");

    expect(await placeOrder(service, "O-1", [{ sku: "LAST", quantity: 1 }])).toBe(201);
    expect(await placeOrder(service, "O-2", [{ sku: "LAST", quantity: 3 }])).toBe(409);
    await expect.poll(() => card("Rejected").textContent()).toContain("Rejected1");
    expect(await card("Rejected").textContent()).toContain("3 units");
    expect(await card("Not sold").textContent()).toContain("Not sold11 with none left");
    expect(await orders.getAttribute("aria-label")).toContain(
      "2 in the last 24 hours and the current one, 1 of them rejected",
    );

    await card("Rejected").click();
    await page.waitForURL(/\/orders\?status=rejected$/);
    await page.getByRole("link", { name: "O-2" }).waitFor();
    expect(await page.getByRole("link", { name: "O-1" }).count()).toBe(0);
  });

  it("lists what to do: what is not sold with Receive beside it, and the sales that were lost", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "LAMP", { name: "Lamp", unitsInStock: 1 });
    await placeOrder(service, "L-1", [{ sku: "LAMP", quantity: 1 }]);
    expect(await placeOrder(service, "L-2", [{ sku: "LAMP", quantity: 4 }])).toBe(409);
    await createProduct(service, "SOON", { name: "Soon", unitsInStock: 0, allowPreOrder: true });
    expect(await placeOrder(service, "S-1", [{ sku: "SOON", quantity: 2 }])).toBe(201);
    await visit("/overview");
    const stopped = page.getByRole("region", { name: "Out of stock" });
    const lost = page.getByRole("region", { name: "Sales lost in 24 hours" });
    const lamp = lost.getByRole("row").filter({ hasText: "Lamp" });
    await lamp.getByRole("link", { name: "L-2" }).waitFor();
    expect(await lamp.getByRole("cell").nth(1).textContent()).toBe("4");
    for (const look of allLooks) {
      const other = await logIn(browser, service, { look });
      await other.visit("/overview");
      await other.page.getByRole("region", { name: "Sales lost in 24 hours" }).waitFor();
      await other.page.locator(".recharts-bar").first().waitFor({ state: "attached" });
      expect(await lookOver(other, "overview-work")).toEqual([]);
      await other.leave();
    }

    // Two clicks and a number: the item is sold again.
    await stopped.getByRole("button", { name: "Receive LAMP" }).click();
    const form = page.getByRole("form", { name: "Adjust the stock of LAMP" });
    await form.getByLabel("Units", { exact: true }).fill("20");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("LAMP has 20 units now.").waitFor();
    await stopped.getByRole("row").filter({ hasText: "Lamp" }).waitFor({ state: "detached" });

    await service.send("POST", "/stock/SOON/adjustments", { delta: 2 });
    const ready = page.getByRole("region", { name: "Pre-orders that are ready" });
    await visit("/overview");
    await ready.getByRole("link", { name: "S-1" }).waitFor();
  });

  it("shows queues to operators only", async () => {
    const person = await createPerson(service, "manager@example.com", ["store-managers"]);
    const manager = await logIn(browser, service, { person });
    await manager.visit("/overview");
    await manager.page.getByRole("figure", { name: /^Orders per hour/ }).waitFor();
    expect(await manager.page.getByRole("heading", { name: "Queues" }).count()).toBe(0);
    await manager.leave();
    await service.send("DELETE", `/admin-users/${person.id}`);
  });

  it("says of the bar that is pointed at what stands in its own hour", async () => {
    const { page, visit } = visitor;
    // The same time of day stands at both ends; each hour has a number of its own.
    await page.route("**/api/v1/overview", async (route) => {
      const response = await route.fetch();
      const body: { hours: { orders: number }[] } = await response.json();
      const hours = body.hours.map((hour, place) => ({ ...hour, orders: 10 + place, rejected: 0 }));
      await route.fulfill({ json: { ...body, hours } });
    });
    await visit("/overview");
    const grid = page.locator(".recharts-cartesian-grid").first();
    await grid.scrollIntoViewIfNeeded();
    const box = await grid.boundingBox();
    if (box === null) throw new Error("The chart is not drawn.");
    const note = page.locator(".recharts-tooltip-wrapper").first();
    for (const [place, orders, words] of [
      [0, 10, "–"],
      [12, 22, "–"],
      [24, 34, "until now"],
    ] as const) {
      await page.mouse.move(box.x + (box.width / 25) * (place + 0.5), box.y + 60, { steps: 4 });
      await note.getByText(String(orders), { exact: true }).waitFor();
      expect(await note.textContent()).toContain(words);
    }
    await page.unrouteAll();
  });

  it("leads to each queue in Bull Board", async () => {
    const { page, visit } = visitor;
    await visit("/overview");
    await page.getByRole("link", { name: "Take stock for orders" }).click();
    await page.waitForURL(/\/admin\/queues\/queue\/orders/);
    await page.getByRole("main").getByText("Order O-1").first().waitFor();
  });
});

describe("an alert", () => {
  it("says how long the units last, who was mailed, and ends when stock arrives", async () => {
    const { page, visit } = visitor;
    await createProduct(service, "POT", {
      name: "Pot",
      unitsInStock: 10,
      stockAlertThreshold: 5,
      sellBelowThreshold: true,
    });
    await placeOrder(service, "P-1", [{ sku: "POT", quantity: 6 }]);
    await expect
      .poll(async () => (await service.send("GET", "/mails?status=sent&q=Pot")).body)
      .toMatchObject({ data: [{ to: { email: "admin@example.com" } }] });
    await visit("/alerts");
    const row = page.getByRole("row").filter({ hasText: "Pot" });
    const cells = row.getByRole("cell");
    expect(await cells.nth(5).textContent()).toBe("6");
    // Four units, and six sold in seven days.
    expect(await cells.nth(6).textContent()).toBe("5 days");
    expect(await cells.nth(7).textContent()).toContain("admin@example.com");

    await row.getByRole("button", { name: "Adjust the stock of POT" }).click();
    const form = page.getByRole("form", { name: "Adjust the stock of POT" });
    await form.getByLabel("Units", { exact: true }).fill("20");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("POT has 24 units now.").waitFor();
    await row.waitFor({ state: "detached" });
    await page.getByText("Ended", { exact: true }).first().click();
    await page.getByRole("row").filter({ hasText: "Pot" }).getByText("Ended").waitFor();
  });

  it("says whether units are held back or none is left, and shows what was low from the beginning", async () => {
    const { page, visit } = visitor;
    const row = (name: string) => page.getByRole("row").filter({ hasText: name });
    await createProduct(service, "VASE", {
      name: "Vase",
      unitsInStock: 12,
      stockAlertThreshold: 10,
    });
    await placeOrder(service, "V-1", [{ sku: "VASE", quantity: 2 }]);
    await createProduct(service, "JAR", {
      name: "Jar",
      unitsInStock: 3,
      stockAlertThreshold: 5,
      sellBelowThreshold: true,
    });
    await createProduct(service, "BOWL", { name: "Bowl", unitsInStock: 2, stockAlertThreshold: 5 });
    await placeOrder(service, "J-1", [{ sku: "JAR", quantity: 3 }]);
    await visit("/alerts");
    await row("Vase").getByText("Not sold", { exact: true }).waitFor();
    await row("Vase").getByText("10 on the shelf, held back by the threshold").waitFor();
    await row("Jar").getByText("None left", { exact: true }).waitFor();
    expect(await row("Jar").textContent()).toContain("low, 3 units at a threshold of 5, from the");
    expect(await row("Jar").getByRole("link", { name: "J-1" }).count()).toBe(1);
    await row("Bowl").getByText("Nobody: it was low from the beginning").waitFor();
  });
});
