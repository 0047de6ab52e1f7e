// What people do with their own accounts.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postSession } from "../support/browser-like.ts";
import { allLooks, logIn, lookOver, startBrowser } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService(), startBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

describe("somebody who was invited", () => {
  it.each(allLooks)(
    "chooses a password of their own, and goes on where they wanted (%s)",
    async (look) => {
      const email = `newcomer-${look}@example.com`;
      const person = await createPerson(service, email, ["viewers"], { mustChangePassword: true });
      const visitor = await logIn(browser, service, { person, look });
      const { page, leave } = visitor;
      await page.goto(`${service.url}/admin/alerts`);
      await page.getByRole("heading", { name: "Choose a password of your own" }).waitFor();
      expect(await page.getByRole("link", { name: "Products" }).count()).toBe(0);
      expect(await lookOver(visitor, "own-password")).toEqual([]);
      const choose = async (password: string): Promise<void> => {
        await page.getByLabel("Current password").fill(person.password);
        await page.getByLabel("New password", { exact: false }).first().fill(password);
        await page.getByLabel("New password again").fill(password);
        await page.getByRole("button", { name: "Change password" }).click();
      };
      await choose("basketball");
      await page.getByText("among the 5,000 commonest").waitFor();
      expect(await lookOver(visitor, "own-password-refused")).toEqual([]);
      await page.goto(`${service.url}/admin/queues`);
      await page.getByRole("heading", { name: "Choose a password of your own first" }).waitFor();
      expect(await lookOver(visitor, "own-password-board")).toEqual([]);
      await page.goto(`${service.url}/admin/alerts`);
      await choose("lemons on a tin roof");
      await page.getByRole("heading", { name: "Alerts", level: 1 }).waitFor();
      await leave();
    },
  );
});

describe("where else somebody is logged in", () => {
  it.each(allLooks)("is listed, and ended one by one or at once (%s)", async (look) => {
    const person = await createPerson(service, `traveller-${look}@example.com`, ["viewers"]);
    for (const userAgent of [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
      "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0",
      `<img src=x onerror=alert(1)>${"m".repeat(300)}`,
    ]) {
      await postSession(service.url, person, { "user-agent": userAgent });
    }
    const visitor = await logIn(browser, service, { person, look });
    const { page, visit, leave } = visitor;
    await visit("/account");
    const list = page.getByRole("table", { name: "Where else you are logged in" });
    await list.getByText("Safari on an iPhone").waitFor();
    expect(await lookOver(visitor, "account-sessions")).toEqual([]);
    await list.getByRole("button", { name: "Log out Firefox on Windows" }).click();
    await list.getByText("Firefox on Windows").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Log out everywhere else" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Log out everywhere else" }).click();
    await page.getByText("Nowhere: you are logged in here only.").waitFor();
    const [left] = await service.sql<{ sessions: number }>(
      "select count(*)::int as sessions from admin_session where user_id = $1",
      [person.id],
    );
    expect(left).toEqual({ sessions: 1 });
    await leave();
  });
});
