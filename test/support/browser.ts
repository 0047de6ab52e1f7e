// A real browser for tests of the admin app: people who log in by the form, on a desktop and on a phone.
// Whatever a page complains about, and whatever it asks of another origin, is kept and fails the test.

import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import axe, { type NodeResult, type Result } from "axe-core";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { type TestService, testAccess } from "./service.ts";

/** Where screenshots are written for review. */
const screenshots = new URL("../../e2e-screenshots/", import.meta.url).pathname;

/** Screenshots would take a fifth of the time, so they are made only if somebody wants to see them. */
const takesScreenshots = process.env["SCREENSHOTS"] === "true";

/** Writes a screenshot for review, if `SCREENSHOTS=true`. */
export async function takeScreenshot(page: Page, name: string, fullPage = true): Promise<void> {
  if (!takesScreenshots) return;
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: `${screenshots}${name}.png`, fullPage });
}

/** Ways to look at a page. What is looked over on a desktop is looked over in light and in dark. */
export const looks = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 320, height: 690 }, isMobile: true, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>;

/** A way to look at a page. */
export type Look = keyof typeof looks;

/** Where a browser stands: the language and form that it prefers, and the time zone of its clock. */
export type Place = { readonly locale: string; readonly timezoneId: string };

/** The place of every browser that is told of none. */
const usualPlace: Place = { locale: "en-GB", timezoneId: "Europe/Berlin" };

/** Every way. */
export const allLooks: readonly Look[] = ["desktop", "phone"];

/** Somebody with a page open. */
export type Visitor = {
  readonly page: Page;
  readonly look: Look;
  /** Goes to an address of the app, such as `/products`, and waits until all of it is there. */
  readonly visit: (path: string) => Promise<void>;
  /** What the pages complained about so far, and requests that left the service's own origin. */
  readonly complaints: readonly string[];
  readonly leave: () => Promise<void>;
};

/** What is looked over: a page, and what it complained about. */
type Looked = Pick<Visitor, "page" | "look" | "complaints">;

/** Debian's chromium, and the one without a window, which does the same work with a fifth less processor time. */
const windowless = "/usr/bin/chromium-headless-shell";
const debians = existsSync(windowless) ? windowless : "/usr/bin/chromium";

/** Starts Debian's chromium, or the one that CHROMIUM names. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? debians,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a browser's profile of its own, in which everything is noted that its pages complain about. */
export async function openContext(
  browser: Browser,
  service: TestService,
  look: Look,
  place: Place = usualPlace,
): Promise<{ readonly context: BrowserContext; readonly complaints: readonly string[] }> {
  const context = await browser.newContext({
    ...looks[look],
    ...place,
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  // What is awaited comes within this on a busy machine too; a quiet one never waits for it.
  context.setDefaultTimeout(30_000);
  return { context, complaints: listen(context, service.url) };
}

/** Logs somebody in by the form; the administrator where nobody is named. */
export async function logIn(
  browser: Browser,
  service: TestService,
  options: {
    readonly person?: { readonly email: string; readonly password: string };
    readonly look?: Look;
    readonly place?: Place;
  } = {},
): Promise<Visitor> {
  const {
    person = { email: testAccess.adminEmail, password: testAccess.adminPassword },
    look = "desktop",
    place,
  } = options;
  const { context, complaints } = await openContext(browser, service, look, place);
  const page = await context.newPage();
  await page.goto(`${service.url}/admin`);
  await page.getByLabel("Email").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("main").waitFor();
  return {
    page,
    look,
    complaints,
    async visit(path) {
      await page.goto(`${service.url}/admin${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      // On a busy machine the network may rest while the page still works on what came.
      const busy = page.locator('[aria-busy="true"], [aria-label="Loading"]');
      await busy.first().waitFor({ state: "detached" });
    },
    leave: () => context.close(),
  };
}

/** Notes what all pages of a context complain about and ask of another origin, whatever becomes of it. */
function listen(context: BrowserContext, origin: string): readonly string[] {
  const complaints: string[] = [];
  context.on("weberror", (fault) => complaints.push(`error: ${fault.error().message}`));
  context.on("console", (message) => {
    const text = message.text();
    // A refusal that a page shows is no fault of the page; the browser logs every answer above 399.
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) {
      complaints.push(`console: ${text}`);
    }
  });
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith("http") && asked !== origin) complaints.push(`asked ${request.url()}`);
  });
  context.on("page", (page) => {
    page.on("websocket", (socket) => complaints.push(`connected to ${socket.url()}`));
  });
  return complaints;
}

/** Says what is wrong with the page: see `findFaults`. Takes a screenshot in each of its colours. */
export async function lookOver(
  visitor: Looked,
  name: string,
  // A picture of the whole page resizes the window for a moment, and what hovers above the page loses its place.
  area: "page" | "window" = "page",
): Promise<readonly string[]> {
  const { page, look } = visitor;
  // What stays at its place while one scrolls would stand in the middle of a picture of the whole page.
  if (area === "page") await page.evaluate("window.scrollTo(0, 0)");
  await takeScreenshot(page, `${name}-${look}`, area === "page");
  return findFaults(visitor, () => takeScreenshot(page, `${name}-dark`, area === "page"));
}

/**
 * Gives what is cut off at the right without an ellipsis that would say so. Fields scroll by themselves, what
 * is for screen readers only is one pixel wide, and what is hidden from them is an ornament. A scroll bar's thumb holds
 * no words: what overflows it is the larger area that a finger can hit.
 */
const findCutOff = `[...document.querySelectorAll("body :not(input, textarea, select)")].filter((element) => {
  const { overflowX, textOverflow } = getComputedStyle(element);
  return (overflowX === "hidden" || overflowX === "clip") && textOverflow !== "ellipsis"
    && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1
    && element.closest("[aria-hidden=true], .mantine-ScrollArea-thumb") === null;
}).map((element) => "cut off: " + element.outerHTML.slice(0, 200))`;

/** What axe says of a rule that the page breaks. */
type Violation = Pick<Result, "id" | "help" | "impact"> & {
  readonly nodes: readonly Pick<NodeResult, "html">[];
};

/** The rules of axe that the colours decide. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Runs axe in the page, all of its rules or those named. A mail is shown in a frame that lets no script in, not even axe's,
 * and no page has another frame.
 */
async function findViolations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  const options = {
    resultTypes: ["violations"],
    ...(rules === undefined ? {} : { runOnly: { type: "rule", values: rules } }),
  };
  const violations = await page.evaluate<readonly Violation[]>(`(async () => {
    if (window.axe === undefined) { ${axe.source} }
    const { violations } = await axe.run({ exclude: ["iframe[sandbox]"] }, ${JSON.stringify(options)});
    return violations.map(({ id, help, impact, nodes }) => ({ id, help, impact, nodes }));
  })()`);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes[0]?.html ?? ""})`);
}

/** Does something while the page is dark, as at night. What depends on the colours has been drawn again by then. */
async function inTheDark<T>(page: Page, act: () => Promise<T>): Promise<T> {
  const change = async (colorScheme: "dark" | "light"): Promise<void> => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(`new Promise((drawn) => {
      requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(drawn, { timeout: 1000 })));
    })`);
  };
  await change("dark");
  const result = await act();
  await change("light");
  return result;
}

/**
 * What is wrong with the page as it is: serious findings of axe, being wider than the window, words that are
 * cut off, what is hard to read in the dark if it is seen on a desktop, and whatever was complained about so far.
 */
export async function findFaults(
  { page, look, complaints }: Looked,
  seenInTheDark: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly string[]> {
  const violations = await findViolations(page);
  const overflow = await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  const width = overflow > 0 ? [`${overflow} px wider than the window`] : [];
  const cutOff = await page.evaluate<string[]>(findCutOff);
  const dark =
    look === "phone"
      ? []
      : await inTheDark(page, async () => {
          await seenInTheDark();
          return findViolations(page, colourRules);
        });
  const onlyInTheDark = dark
    .filter((fault) => !violations.includes(fault))
    .map((fault) => `in the dark, ${fault}`);
  return [...violations, ...width, ...cutOff, ...onlyInTheDark, ...complaints];
}
