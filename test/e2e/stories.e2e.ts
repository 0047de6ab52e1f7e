// The stories of a manager's day, each from the overview to its end, counted in clicks. A story that takes more clicks than
// before fails. The table with the seconds of this run is written beside the pictures; typing is not counted.

import { mkdir, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Locator } from "playwright-core";
import { createPool } from "../../src/db/sql/pool.ts";
import { refreshOutlooks } from "../../src/workers/sweeper/refresh-outlooks.ts";
import { pageIn } from "../support/answers.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, visitor } = await startVisitedService();
const { page, visit } = visitor;

/** Where the table is written. */
const folder = new URL("../../e2e-screenshots/", import.meta.url);

const told: { readonly name: string; readonly clicks: number; readonly seconds: number }[] = [];

type Hand = {
  readonly click: (target: Locator) => Promise<void>;
  /** Opens the search by its key, types, and clicks what was found. */
  readonly find: (text: string, option: RegExp) => Promise<void>;
};

/** Tells a story, and expects that it takes so many clicks. */
function story(name: string, clicks: number, act: (hand: Hand) => Promise<void>): void {
  it(`${name}: ${clicks} ${clicks === 1 ? "click" : "clicks"}`, async () => {
    await visit("/overview");
    let counted = 0;
    const click = async (target: Locator): Promise<void> => {
      counted += 1;
      await target.click();
    };
    const find = async (text: string, option: RegExp): Promise<void> => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search orders" }).fill(text);
      await click(page.getByRole("option", { name: option }).first());
    };
    const begun = performance.now();
    await act({ click, find });
    told.push({ name, clicks: counted, seconds: (performance.now() - begun) / 1_000 });
    expect(counted).toBe(clicks);
  });
}

const inMain = page.getByRole("main");
const goTo = (name: string) =>
  page.getByRole("navigation").getByRole("link", { name: new RegExp(`^${name}`) });

/** Forecasts when each item runs out, as the workers do at times. */
async function forecast(): Promise<void> {
  const options = { max: 1, synchronousCommit: "on", onError: () => undefined } as const;
  const pool = createPool(service.databaseUrl, options);
  await refreshOutlooks(pool, { stop: () => false, confirm: () => Promise.resolve() });
  await pool.end();
}

/** What has the focus, by its name. */
async function focused(): Promise<string> {
  const focus = page.locator(":focus");
  return (await focus.getAttribute("aria-label")) ?? (await focus.innerText());
}

/** Presses Tab until something with this name has the focus. */
async function tabTo(name: string): Promise<void> {
  for (let pressed = 0; pressed < 20; pressed += 1) {
    await page.keyboard.press("Tab");
    if ((await focused()) === name) return;
  }
  throw new Error(
    `Tab does not come to "${name}" within 20 times; it came to "${await focused()}".`,
  );
}

beforeAll(async () => {
  await createProduct(service, "MUG", { name: "Stoneware mug", unitsInStock: 46 });
  await createProduct(service, "LAMP", { name: "Lamp", unitsInStock: 1, stockAlertThreshold: 0 });
  await createProduct(service, "KETTLE", { name: "Kettle", unitsInStock: 0, allowPreOrder: true });
  await createProduct(service, "TEA", { name: "Tea", unitsInStock: 40 });
  const customer = { name: "Zoë Müller", email: "zoe@example.org" };
  const lines = [{ sku: "MUG", quantity: 3 }];
  const order = { reference: "WEB-2026-77", customer, lines };
  await service.send("POST", "/orders", order, { prefer: "wait=10" });
  await service.send("POST", `/orders/${await orderId(service, "WEB-2026-77")}/refund`, {});
  await placeOrder(service, "LAST-1", [{ sku: "LAMP", quantity: 1 }]);
  await placeOrder(service, "LOST-1", [{ sku: "LAMP", quantity: 4 }]);
  await placeOrder(service, "WAITS-1", [{ sku: "KETTLE", quantity: 2 }]);
  await placeOrder(service, "SOLD-1", [{ sku: "TEA", quantity: 38 }]);
  await forecast();
  // A new order is found by words some moments after it came.
  await vi.waitFor(
    async () => expect(pageIn(await service.send("GET", "/orders?q=zoe")).data).not.toHaveLength(0),
    { timeout: 20_000 },
  );
});

afterAll(async () => {
  const rows = told.map(
    ({ name, clicks, seconds }) => `| ${name} | ${clicks} | ${seconds.toFixed(1)} |`,
  );
  await mkdir(folder, { recursive: true });
  const head = "| story | clicks | seconds in this run |\n| --- | ---: | ---: |";
  await writeFile(new URL("stories.md", folder), `${[head, ...rows].join("\n")}\n`);
});

story("find a product and count it", 2, async ({ click, find }) => {
  await find("stone", /Stoneware mug/);
  await click(page.getByRole("button", { name: "Count MUG" }));
  await page.getByLabel("Units counted").fill("26");
  await page.keyboard.press("Enter");
  await page.getByText("MUG has 26 units now.").waitFor();
});

story("count an item, and take it back", 3, async ({ click, find }) => {
  await find("MUG", /Stoneware mug/);
  await click(page.getByRole("button", { name: "Count MUG" }));
  await page.getByLabel("Units counted").fill("2");
  await page.keyboard.press("Enter");
  await click(page.getByRole("button", { name: "Undo", exact: true }));
  await page.getByText("Undone: MUG has 26 units now.").waitFor();
});

story("see which sales were lost, and which orders", 0, async () => {
  const lost = page.getByRole("region", { name: "Sales lost in 24 hours" });
  await lost.getByRole("row").filter({ hasText: "Lamp" }).getByText("LOST-1").waitFor();
});

story("receive 20 of what stopped selling", 1, async ({ click }) => {
  const stopped = page.getByRole("region", { name: "Out of stock" });
  await click(stopped.getByRole("button", { name: "Receive LAMP" }));
  await page.getByLabel("Units", { exact: true }).fill("20");
  await page.keyboard.press("Enter");
  await page.getByText("LAMP has 20 units now.").waitFor();
});

story("find an order by a part of its customer's name", 1, async ({ find }) => {
  await find("zoe", /WEB-2026-77/);
  await page.getByRole("heading", { level: 1, name: /WEB-2026-77/ }).waitFor();
});

story("restore 2 of 3 units of a refunded order", 3, async ({ click, find }) => {
  await find("2026-77", /WEB-2026-77/);
  await click(page.getByRole("button", { name: "Restore stock" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Stoneware mug").fill("2");
  await click(dialog.getByRole("button", { name: "Restore 2 units" }));
  await page.getByText("2 units of order WEB-2026-77 restored to stock.").waitFor();
});

story("see who was mailed about what", 1, async ({ click }) => {
  await click(goTo("Mail log"));
  await inMain.getByRole("row").filter({ hasText: "admin@example.com" }).first().waitFor();
});

story("see the pre-orders that wait", 1, async ({ click }) => {
  await click(goTo("Pre-orders"));
  await inMain.getByRole("row").filter({ hasText: "Kettle" }).first().waitFor();
});

story("see what runs out, how many to reorder and why", 1, async ({ click }) => {
  await click(goTo("Running out"));
  await inMain
    .getByRole("row")
    .filter({ hasText: "Tea" })
    .getByText(/^Sells /)
    .waitFor();
});

story("mail an order to a supplier", 3, async ({ click }) => {
  await click(goTo("Running out"));
  await click(page.getByRole("button", { name: "Mail to a supplier" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Supplier's address").fill("orders@supplier.example");
  await click(dialog.getByRole("button", { name: "Write the mail" }));
  await dialog.getByText(/kept in the mail log/).waitFor();
});

story("change the threshold of all products, and take it back", 6, async ({ click }) => {
  await click(goTo("Products"));
  await click(page.getByRole("checkbox", { name: "Choose all that are shown" }));
  await click(page.getByRole("button", { name: "Change settings" }));
  const dialog = page.getByRole("dialog");
  const threshold = dialog.getByLabel("Stock alert threshold", { exact: true });
  await click(threshold);
  await threshold.selectOption("Set to");
  await dialog.getByLabel("Stock alert threshold, number").fill("1");
  await click(dialog.getByRole("button", { name: "Change 4 products" }));
  await click(page.getByRole("button", { name: "Undo" }));
  await page.getByText("4 products have the old settings again.").waitFor();
});

story("export the products", 2, async ({ click }) => {
  await click(goTo("Products"));
  const download = page.waitForEvent("download");
  await click(page.getByRole("link", { name: "Export" }));
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

story("count an item by the keyboard alone, with the reason and a note", 0, async () => {
  const { keyboard } = page;
  await keyboard.press("/");
  await page.getByRole("combobox", { name: "Search orders" }).and(page.locator(":focus")).waitFor();
  await keyboard.type("stone");
  const found = page.getByRole("group", { name: "Products" }).getByRole("option").first();
  await found.filter({ hasText: "Stoneware mug" }).waitFor();
  while ((await found.getAttribute("aria-selected")) !== "true") await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await page.getByRole("button", { name: "Count MUG" }).waitFor();
  await tabTo("Count MUG");
  await keyboard.press("Enter");
  await page.getByLabel("Units counted").and(page.locator(":focus")).waitFor();
  await keyboard.type("24");
  await keyboard.press("Tab");
  await keyboard.type("Dam");
  await keyboard.press("Tab");
  await keyboard.type("two fell");
  await tabTo("Save");
  await keyboard.press("Enter");
  await page.getByText("MUG has 24 units now.").waitFor();
  // Whoever goes on by the keyboard is where they were.
  await expect.poll(focused).toBe("Count MUG");
  const { body } = await service.send("GET", "/stock/MUG/movements?limit=1");
  expect(body).toMatchObject({ data: [{ reason: "damage", note: "two fell" }] });
});

story("invite a person", 4, async ({ click }) => {
  await click(goTo("Administrators"));
  await click(page.getByRole("button", { name: "Invite a person" }));
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Zoë Müller");
  await dialog.getByLabel("Email").fill("zoe@example.com");
  await click(dialog.getByLabel("Viewers"));
  await click(dialog.getByRole("button", { name: "Invite", exact: true }));
  // No mail server is set up here, so the link is shown. With one, it is mailed, by as many clicks.
  await page.getByRole("dialog", { name: "The link for Zoë Müller" }).waitFor();
});

story(
  "make a product with two options of three values, which keep their order",
  5,
  async (hand) => {
    const { click, find } = hand;
    await find("new product", /^New product/);
    await page.getByLabel("SKU").fill("SHIRT");
    await page.getByLabel("Name").first().fill("Shirt");
    await page.getByLabel("Units in Stock").fill("90");
    const values = { size: ["S", "M", "L"], colour: ["sea", "red", "blue"] };
    for (const [place, [name, ofName]] of Object.entries(values).entries()) {
      await click(page.getByRole("button", { name: "Add an option" }));
      await page.getByLabel(`Name of option ${place + 1}`).fill(name);
      const field = page.getByLabel(`Values of ${name}`);
      for (const value of ofName) {
        await field.fill(value);
        await field.press("Enter");
      }
    }
    await click(page.getByRole("button", { name: "Generate variants" }));
    await click(page.getByRole("button", { name: "Create product" }));
    await page.getByRole("heading", { level: 1, name: "Shirt" }).waitFor();
    await visit("/products/SHIRT");
    const combinations = page.getByText(/^(size|colour): .*, (size|colour): /);
    expect(await combinations.allTextContents()).toEqual(
      values.size.flatMap((size) =>
        values.colour.map((colour) => `size: ${size}, colour: ${colour}`),
      ),
    );
  },
);

describe("a name that looks like markup", () => {
  const name = `<img src=x onerror="document.title='owned'"> <b>Vase</b>`;

  beforeAll(async () => {
    await createProduct(service, "VASE", { name, unitsInStock: 3, stockAlertThreshold: 0 });
    await createProduct(service, "VASE-2", { name, unitsInStock: 3, allowPreOrder: true });
    await placeOrder(service, "VASE-1", [{ sku: "VASE", quantity: 3 }]);
    await placeOrder(service, "VASE-LOST", [{ sku: "VASE", quantity: 2 }]);
    await placeOrder(service, "VASE-WAITS", [{ sku: "VASE-2", quantity: 5 }]);
    const expectedAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const lines = [{ sku: "VASE", units: 6 }];
    await service.send("POST", "/expected-deliveries", { reference: "PO-1", expectedAt, lines });
    await forecast();
  });

  story("is read as it was typed, wherever it is listed", 10, async ({ click, find }) => {
    const shown = async (): Promise<void> => {
      await inMain.getByText(name).first().waitFor();
      expect(await page.locator("img[src=x]").count()).toBe(0);
      expect(await page.title()).not.toBe("owned");
    };
    for (const list of ["Out of stock", "Sales lost in 24 hours"]) {
      await page.getByRole("region", { name: list }).getByText(name).first().waitFor();
    }
    await shown();
    for (const entry of ["Products", "Orders", "Alerts", "Pre-orders", "Running out", "Mail log"]) {
      await click(goTo(entry));
      await page.getByRole("heading", { level: 1, name: entry }).waitFor();
      await shown();
    }
    await click(goTo("Receiving"));
    await click(inMain.getByRole("link", { name: "PO-1" }).first());
    await shown();
    await find("VASE-1", /VASE-1/);
    await page.getByRole("heading", { level: 1, name: /VASE-1/ }).waitFor();
    await shown();
    await find("vase", /img src=x/);
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await shown();
  });
});
