// How somebody comes in, and gets in again: invitations and forgotten passwords by mail, and what each is told of alerts.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSmtpReceiver } from "../../tools/lab/smtp-server.ts";
import { mailsTo, tokenIn } from "../support/account-mails.ts";
import { allLooks, logIn, lookOver, openContext } from "../support/browser.ts";
import { createPerson } from "../support/people.ts";
import { createProduct } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const smtp = await startSmtpReceiver();
afterAll(() => smtp[Symbol.asyncDispose]());
const environment = { SMTP_URL: smtp.url };
const { service, browser, visitor } = await startVisitedService({ environment });

const chosen = "lemons on a tin roof";

beforeAll(async () => {
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 9, stockAlertThreshold: 5 });
});

/** Chooses a password on the page of a link, as in the mail. */
async function chooseOn(page: (typeof visitor)["page"], token: string): Promise<void> {
  await page.goto(`${service.url}/admin/login/password?token=${token}`);
  await page.getByLabel("Password", { exact: true }).fill(chosen);
  await page.getByLabel("The same again").fill(chosen);
  await page.getByRole("button", { name: "Set the password and log in" }).click();
  await page.getByRole("main").waitFor();
}

describe.each(allLooks)("on a %s", (look) => {
  it("a person is invited by mail, again, taken back, invited once more, and comes in by the link", async () => {
    const admin = await logIn(browser, service, { look });
    const { page, visit, leave } = admin;
    const email = `new-${look}@example.com`;
    await visit("/settings/administrators");
    await page.getByRole("button", { name: "Invite a person" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(`New ${look}`);
    await dialog.getByLabel("Email").fill(email);
    await dialog.getByLabel("Viewers").check();
    expect(await lookOver(admin, "invite-by-mail")).toEqual([]);
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await page.getByText(`An invitation goes to ${email}.`).waitFor();
    await page
      .getByRole("row")
      .filter({ hasText: email })
      .getByText("Invited", { exact: true })
      .waitFor();
    expect(await lookOver(admin, "administrators-invited")).toEqual([]);
    await page.getByRole("link", { name: `New ${look}` }).click();
    await page.getByRole("alert").getByText("works until").waitFor();
    await page.getByRole("form", { name: "Mails about alerts" }).waitFor();
    expect(await lookOver(admin, "administrator-invited")).toEqual([]);
    await page.getByRole("button", { name: "Send again" }).click();
    await mailsTo(smtp, email, 2);
    await page.getByRole("button", { name: "Take back" }).click();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await page.getByText("No link works any more").waitFor();
    expect(await lookOver(admin, "administrator-taken-back")).toEqual([]);
    await page.getByRole("button", { name: "Invite again" }).click();
    const mails = await mailsTo(smtp, email, 3);
    await leave();

    const { context, complaints } = await openContext(browser, service, look);
    const newcomer = { page: await context.newPage(), look, complaints };
    await newcomer.page.goto(`${service.url}/admin/login/password?token=${tokenIn(mails[0])}`);
    await newcomer.page.getByText("This link does not work any more").waitFor();
    expect(await lookOver(newcomer, "link-over")).toEqual([]);
    await chooseOn(newcomer.page, tokenIn(mails[2]));
    await newcomer.page.getByRole("heading", { name: "Overview" }).waitFor();
    await context.close();
    expect(
      await service.sql("select invited_at from admin_user where email = $1", [email]),
    ).toEqual([{ invited_at: null }]);
  });

  it("a password that was forgotten is chosen again by a link", async () => {
    const { email } = await createPerson(service, `forgetful-${look}@example.com`, ["viewers"]);
    const { context, complaints } = await openContext(browser, service, look);
    const person = { page: await context.newPage(), look, complaints };
    const { page } = person;
    await page.goto(`${service.url}/admin/login`);
    expect(await lookOver(person, "login-with-forgot")).toEqual([]);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    expect(await lookOver(person, "forgot")).toEqual([]);
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByRole("heading", { name: "Look into your mailbox" }).waitFor();
    expect(await lookOver(person, "forgot-asked")).toEqual([]);
    const [mail] = await mailsTo(smtp, email, 1);
    await chooseOn(page, tokenIn(mail));
    await context.close();
    await logIn(browser, service, { person: { email, password: chosen }, look }).then(({ leave }) =>
      leave(),
    );
    await mailsTo(smtp, email, 2);
  });

  it("the mails themselves can be read, and show no token on the page of a mail", async () => {
    const admin = await logIn(browser, service, { look });
    const { page, visit, leave } = admin;
    await visit("/settings/mails");
    for (const [name, subject] of [
      ["invitation", /^You are invited to/],
      ["reset", /^Choose a new password/],
      ["changed", /^Your password for/],
    ] as const) {
      await visit("/settings/mails");
      await page.getByRole("link", { name: subject }).first().click();
      await page.frameLocator("iframe").locator(".tm-card").first().waitFor();
      if (name !== "changed") {
        await page.getByText("is kept nowhere").waitFor();
        const body = await page.frameLocator("iframe").locator("body").innerHTML();
        expect(body).toContain("/admin/login/password?token=only-the-mail");
      }
      expect(await lookOver(admin, `mail-${name}`)).toEqual([]);
    }
    await leave();
  });

  it("one's own mails about alerts are chosen in a form, and a product is watched by a button", async () => {
    const person = await createPerson(service, `reader-${look}@example.com`, ["viewers"]);
    const reader = await logIn(browser, service, { person, look });
    const { page, visit, leave } = reader;
    await visit("/products/MUG");
    await page.getByRole("button", { name: "Watch", exact: true }).click();
    await page.getByRole("button", { name: "Stop watching" }).waitFor();
    expect(await lookOver(reader, "product-watched")).toEqual([]);
    await visit("/account");
    const form = page.getByRole("form", { name: "Mails about alerts" });
    expect(await form.getByLabel("Items that you watch").inputValue()).toBe("MUG");
    await form.getByLabel("How you are told").selectOption("Once a day");
    await form.getByLabel("Daily mail at").fill("07:15");
    await form.getByLabel("Quiet hours").check();
    await form.getByLabel("Until", { exact: true }).fill("22:00");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("Choose another time than the beginning.").waitFor();
    expect(await lookOver(reader, "account-alert-mails-refused")).toEqual([]);
    await form.getByLabel("Until", { exact: true }).fill("06:30");
    const [type] = await service.sql<{ name: string }>(
      "select name from product_type order by code",
    );
    await form.getByLabel(type?.name ?? "", { exact: true }).check();
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Mails that wait for you follow it too.").waitFor();
    expect(await lookOver(reader, "account-alert-mails")).toEqual([]);
    expect((await service.send("GET", `/admin-users/${person.id}/alert-mails`)).body).toMatchObject(
      {
        mode: "daily",
        dailyAt: "07:15",
        quietHours: { from: "22:00", until: "06:30" },
        watching: ["MUG"],
        watchingTypes: [expect.any(String)],
      },
    );
    await visit("/products/MUG");
    await page.getByRole("button", { name: "Stop watching" }).click();
    await page.getByRole("button", { name: "Watch", exact: true }).waitFor();
    await leave();
  });

  it("somebody else's mails about alerts are chosen on their page", async () => {
    const { id } = await createPerson(service, `other-${look}@example.com`, ["viewers"]);
    const admin = await logIn(browser, service, { look });
    const { page, visit, leave } = admin;
    await visit(`/settings/administrators/${id}`);
    const form = page.getByRole("form", { name: "Mails about alerts" });
    await form.getByLabel("How they are told").selectOption("Not at all");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Mails that wait for them follow it too.").waitFor();
    expect(await lookOver(admin, "administrator-alert-mails")).toEqual([]);
    await visit("/settings/activity?area=person");
    await page
      .getByText(`changed how other-${look}@example.com is told of alerts: switched the mails off`)
      .waitFor();
    await leave();
  });
});

describe.each(["Asia/Tokyo", "America/Los_Angeles"])("seen from %s", (timezoneId) => {
  it("a pause of somebody's mails ends with a day of theirs, and says of which zone", async () => {
    const { id } = await createPerson(service, `far-${timezoneId}@example.com`.replace("/", "-"));
    const admin = await logIn(browser, service, { place: { locale: "en-GB", timezoneId } });
    const { page, visit, leave } = admin;
    await visit(`/settings/administrators/${id}`);
    const form = page.getByRole("form", { name: "Mails about alerts" });
    const pause = form.getByLabel("Pause until");
    await form.getByLabel("Time zone").selectOption(timezoneId);
    await form.getByText("Nothing is mailed before that day. Empty: no pause.").waitFor();
    await form.getByLabel("Time zone").selectOption("Pacific/Kiritimati");
    await form
      .getByText("Nothing is mailed before that day begins in the time zone Pacific/Kiritimati.")
      .waitFor();
    await pause.fill("2031-03-10");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Mails that wait for them follow it too.").waitFor();
    expect((await service.send("GET", `/admin-users/${id}/alert-mails`)).body).toMatchObject({
      timeZone: "Pacific/Kiritimati",
      pausedUntil: "2031-03-09T10:00:00.000Z",
    });
    await visit(`/settings/administrators/${id}`);
    expect(await pause.inputValue()).toBe("2031-03-10");
    await leave();
  });

  it("a pause that a program ended at an hour keeps it, and the form names it", async () => {
    const { id } = await createPerson(service, `hour-${timezoneId}@example.com`.replace("/", "-"));
    const path = `/admin-users/${id}/alert-mails`;
    const { body: usual } = await service.send("GET", path);
    const paused = { timeZone: "Europe/Berlin", pausedUntil: "2031-03-10T14:30:00.000Z" };
    await service.send("PUT", path, Object.assign({}, usual, paused));
    const admin = await logIn(browser, service, { place: { locale: "en-GB", timezoneId } });
    const { page, visit, leave } = admin;
    await visit(`/settings/administrators/${id}`);
    const form = page.getByRole("form", { name: "Mails about alerts" });
    await form.getByText(/before 10 Mar 2031, 15:30 in the time zone Europe\/Berlin/).waitFor();
    await form.getByLabel("How they are told").selectOption("Once a day");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved. Mails that wait for them follow it too.").waitFor();
    expect((await service.send("GET", path)).body).toMatchObject({ mode: "daily", ...paused });
    await leave();
  });
});
