// Somebody wants to know who changed a threshold: they find it in a sentence, and whoever may not see it has no link.

import { afterAll, beforeAll, expect, it } from "vitest";
// eslint-disable-next-line import/no-unassigned-import -- the service serves the built admin app
import "../support/built.ts";
import { logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";
import { createProduct } from "../support/shop.ts";

let service: TestService;
let visitor: Visitor;
let stop: () => Promise<void>;

beforeAll(async () => {
  const [started, browser] = await Promise.all([
    startTestService({ roles: ["api"] }),
    startBrowser(),
  ]);
  service = started;
  visitor = await logIn(browser, service);
  stop = async () => {
    await browser.close();
    await service.stop();
  };
});
afterAll(() => stop());

it("who changed a threshold stands under Activity, from what to what", async () => {
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 20, stockAlertThreshold: 5 });
  await service.send("PATCH", "/products/MUG", { stockAlertThreshold: 8 });
  const { page, visit } = visitor;
  await visit("/overview");
  await page.getByRole("link", { name: "Activity" }).click();
  await page.getByRole("heading", { name: "Activity" }).waitFor();
  await page
    .getByText(
      "The API key first-key changed the product Mug (MUG): changed the stock alert threshold from 5 to 8.",
    )
    .waitFor();
  await page.getByText(/^Administrator signed in from /).waitFor();
  await page.getByText("Sign-ins", { exact: true }).click();
  await page.getByText("changed the stock alert threshold").waitFor({ state: "detached" });
  expect(new URL(page.url()).search).toBe("?area=signIn");
});
