// What most stories in the browser begin with: a service of its own, a browser, and its administrator logged in.

import type { Browser } from "playwright-core";
import { afterAll } from "vitest";
// eslint-disable-next-line import/no-unassigned-import -- the service serves the built admin app
import "./built.ts";
import { logIn, startBrowser, type Visitor } from "./browser.ts";
import { startTestService, type TestService, type TestServiceOptions } from "./service.ts";

/** A running service with somebody in front of it. */
export type VisitedService = {
  readonly service: TestService;
  readonly browser: Browser;
  readonly visitor: Visitor;
};

/** Starts it for the test file that calls this at its top, and stops it when the file's tests are done. */
export async function startVisitedService(
  options: TestServiceOptions = {},
): Promise<VisitedService> {
  const [service, browser] = await Promise.all([startTestService(options), startBrowser()]);
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });
  return { service, browser, visitor: await logIn(browser, service) };
}
