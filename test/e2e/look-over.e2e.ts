// What the tests of every page rely on: that a page which is not well made is noticed.

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allLooks, findFaults, logIn, startBrowser, type Visitor } from "../support/browser.ts";
import { startTestService, type TestService } from "../support/service.ts";

let service: TestService;
let browser: Browser;

beforeAll(async () => {
  [service, browser] = await Promise.all([startTestService({ roles: ["api"] }), startBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Puts something onto the page of products and looks it over. */
async function lookAtFaulty(visitor: Visitor, html: string): Promise<string> {
  await visitor.visit("/products");
  expect(await findFaults(visitor)).toEqual([]);
  await visitor.page.evaluate(
    `document.querySelector("main").insertAdjacentHTML("beforeend", ${JSON.stringify(html)})`,
  );
  return (await findFaults(visitor)).join("\n");
}

describe("looking over a page", () => {
  it("notices a button that has no name", async () => {
    const visitor = await logIn(browser, service);
    expect(await lookAtFaulty(visitor, "<button></button>")).toMatch(/^axe button-name: /);
    await visitor.leave();
  });

  it.each(allLooks)("notices a text that is hard to read, on a %s", async (look) => {
    const visitor = await logIn(browser, service, { look });
    const text = '<p style="color: #777; background: #666">Hard to read</p>';
    expect(await lookAtFaulty(visitor, text)).toMatch(/^axe color-contrast: .*$/);
    await visitor.leave();
  });

  it("notices a text that is hard to read in the dark alone, and leaves the page light", async () => {
    const visitor = await logIn(browser, service);
    const text = '<p style="color: var(--mantine-color-text); background: #fff">White as snow</p>';
    const found = await lookAtFaulty(visitor, text);
    expect(found).toMatch(/^in the dark, axe color-contrast: .*$/);
    const light = visitor.page.locator('html[data-mantine-color-scheme="light"]');
    expect(await light.count()).toBe(1);
    await visitor.leave();
  });

  it("notices what is wider than a phone", async () => {
    const visitor = await logIn(browser, service, { look: "phone" });
    const block = '<div style="width: 700px">Wide</div>';
    expect(await lookAtFaulty(visitor, block)).toMatch(/^\d+ px wider than the window$/);
    await visitor.leave();
  });

  it("notices words that are cut off", async () => {
    const visitor = await logIn(browser, service);
    const block =
      '<div style="width: 40px; overflow: hidden; white-space: nowrap">Cut off here</div>';
    expect(await lookAtFaulty(visitor, block)).toMatch(/^cut off: <div style/);
    await visitor.leave();
  });

  it("takes no scroll bar for words that are cut off", async () => {
    const visitor = await logIn(browser, service);
    await visitor.page.setViewportSize({ width: 1_280, height: 300 });
    await visitor.visit("/products");
    await visitor.page.locator(".mantine-ScrollArea-thumb").first().waitFor();
    expect(await findFaults(visitor)).toEqual([]);
    await visitor.leave();
  });

  it("notices errors of the page's scripts, and what they complain about", async () => {
    const visitor = await logIn(browser, service);
    await visitor.page.evaluate(`setTimeout(() => { throw new Error("thrown"); })`);
    await visitor.page.evaluate(`console.error("complained")`);
    await expect.poll(() => visitor.complaints).toContain("error: thrown");
    expect(await findFaults(visitor)).toContain("console: complained");
    await visitor.leave();
  });
});
