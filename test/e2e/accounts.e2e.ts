// What people do with their own accounts.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postSession } from "../support/browser-like.ts";
import { allLooks, logIn, lookOver, startBrowser } from "../support/browser.ts";
import { codeOf, turnOnFactor } from "../support/second-factor.ts";
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
    "chooses a password of their own, and goes on where they wanted, on a %s",
    async (look) => {
      const email = `newcomer-${look}@example.com`;
      const person = await createPerson(service, email, ["viewers"], { mustChangePassword: true });
      const visitor = await logIn(browser, service, { person, look });
      const { page, leave } = visitor;
      await page.goto(`${service.url}/admin/alerts`);
      await page.getByRole("heading", { name: "Choose your own password" }).waitFor();
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
      await page.getByRole("heading", { name: "Choose your own password first" }).waitFor();
      expect(await lookOver(visitor, "own-password-board")).toEqual([]);
      await page.goto(`${service.url}/admin/alerts`);
      await choose("lemons on a tin roof");
      await page.getByRole("heading", { name: "Alerts", level: 1 }).waitFor();
      await leave();
    },
  );
});

describe("a second factor", () => {
  it.each(allLooks)("is turned on, asked for, and turned off again, on a %s", async (look) => {
    const person = await createPerson(service, `guarded-${look}@example.com`, ["viewers"]);
    const visitor = await logIn(browser, service, { person, look });
    const { page, visit, leave } = visitor;
    await visit("/account");
    await page.getByRole("button", { name: "Turn on a second factor" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Current password").fill("a mistyped one");
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByText("Expected your current password; got another.").waitFor();
    await dialog.getByLabel("Current password").fill(person.password);
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("img", { name: "QR code for the app" }).waitFor();
    expect(await lookOver(visitor, "second-factor-app", "window")).toEqual([]);
    const secret = await dialog.getByLabel("Can't scan it? Type this into the app").inputValue();
    await dialog.getByLabel("Code", { exact: true }).fill("12");
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await dialog.getByText("The code is wrong, too old, or was used before.").waitFor();
    await dialog.getByLabel("Code", { exact: true }).fill(codeOf(secret));
    await dialog.getByRole("button", { name: "Turn on" }).click();
    const codes = (await dialog.getByLabel("Recovery codes").innerText()).trim().split(/\s+/);
    expect(codes).toHaveLength(10);
    expect(await lookOver(visitor, "second-factor-codes", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "I have saved them" }).click();
    await page.getByText("You have 10 recovery codes left.").waitFor();
    expect(await lookOver(visitor, "second-factor-on")).toEqual([]);

    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Log out" }).click();
    await page.waitForURL(/\/admin\/login/);
    await page.goto(`${service.url}/admin/account`);
    await page.getByLabel("Email").fill(person.email);
    await page.getByLabel("Password").fill(person.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { name: "Type your code" }).waitFor();
    expect(await lookOver(visitor, "login-code")).toEqual([]);
    await page.getByLabel("Code").fill("nonsense");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("The code is wrong").waitFor();
    expect(await lookOver(visitor, "login-code-wrong")).toEqual([]);
    await page.getByLabel("Code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("You have 9 recovery codes left.").waitFor();
    await page.getByRole("button", { name: "Turn off the second factor" }).click();
    await dialog.getByLabel("Current password").fill(person.password);
    await dialog.getByLabel("Code", { exact: true }).fill(codes[1] ?? "");
    expect(await lookOver(visitor, "second-factor-off", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Turn off" }).click();
    await page.getByText("It is off.").waitFor();
    await leave();
  });

  it("is taken away by an administrator from whoever has lost it", async () => {
    const person = await createPerson(service, "lost-it@example.com", ["viewers"]);
    await turnOnFactor(service, person);
    const visitor = await logIn(browser, service);
    const { page, visit, leave } = visitor;
    await visit(`/settings/administrators/${person.id}`);
    await page.getByRole("button", { name: "Turn off second factor" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Check first that the request really comes from this person").waitFor();
    expect(await lookOver(visitor, "second-factor-take-away", "window")).toEqual([]);
    await dialog.getByRole("button", { name: "Turn off" }).click();
    await page.getByText("is off.").waitFor();
    await page
      .getByRole("button", { name: "Turn off second factor" })
      .waitFor({ state: "detached" });
    expect((await postSession(service.url, person)).status).toBe(204);
    await leave();
  });
});

describe("where else somebody is logged in", () => {
  it.each(allLooks)("is listed, and ended one by one or at once, on a %s", async (look) => {
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
    await page.getByText("You are logged in only here.").waitFor();
    const [left] = await service.sql<{ sessions: number }>(
      "select count(*)::int as sessions from admin_session where user_id = $1",
      [person.id],
    );
    expect(left).toEqual({ sessions: 1 });
    await leave();
  });
});
