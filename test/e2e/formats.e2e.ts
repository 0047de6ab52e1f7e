// Numbers and times on the pages of a day, for somebody whose browser is German and stands in Los Angeles, and for
// somebody who has chosen another form and another zone than that browser has.

import * as z from "zod";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { logIn, type Visitor } from "../support/browser.ts";
import { createPerson, type Person } from "../support/people.ts";
import { createProduct, orderId, placeOrder } from "../support/shop.ts";
import { startVisitedService } from "../support/visited-service.ts";

const { service, browser } = await startVisitedService();

/** A zone that no test machine is in. */
const place = { locale: "de-DE", timezoneId: "America/Los_Angeles" };

type Reader = { readonly locale: string; readonly timeZone: string; readonly chosen: boolean };

const readers: readonly (Reader & { readonly who: string })[] = [
  {
    who: "whose browser is German, in Los Angeles",
    locale: place.locale,
    timeZone: place.timezoneId,
    chosen: false,
  },
  {
    who: "who has chosen French and Kathmandu in that browser",
    locale: "fr-FR",
    timeZone: "Asia/Kathmandu",
    chosen: true,
  },
];

let order: string;
let alert: string;

beforeAll(async () => {
  await createProduct(service, "MUG", { name: "Mug", unitsInStock: 1_234_567 });
  const lamp = { name: "Lamp", unitsInStock: 5_000, stockAlertThreshold: 2_000 };
  await createProduct(service, "LAMP", lamp);
  await placeOrder(service, "SOLD-1", [{ sku: "LAMP", quantity: 3_766 }]);
  await placeOrder(service, "LOST-1", [{ sku: "LAMP", quantity: 1_234 }]);
  order = await orderId(service, "SOLD-1");
  // The alert opens moments after the order's decision. From then on, it is three hours old.
  alert = await vi.waitFor(
    async () => {
      const [row] = await service.sql<{ id: string }>(
        "update stock_alert set opened_at = opened_at - interval '3 hours' returning id",
      );
      return z.string().parse(row?.id);
    },
    { timeout: 20_000 },
  );
});

/** Writes a time as the app does, in a reader's form and zone. */
function written(at: Date, { locale, timeZone }: Reader): string {
  const year = new Intl.DateTimeFormat(locale, { timeZone, year: "numeric" });
  const isThisYear = year.format(at) === year.format(new Date());
  const parts = isThisYear
    ? ({ month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const)
    : ({ dateStyle: "medium", timeStyle: "short" } as const);
  return new Intl.DateTimeFormat(locale, { timeZone, ...parts }).format(at);
}

/** The times of a page that are not written in the reader's form and zone. */
async function strangeTimes({ page }: Visitor, reader: Reader): Promise<readonly string[]> {
  const times = await page.getByRole("main").locator("time").all();
  expect(times.length).toBeGreaterThan(0);
  const strange: string[] = [];
  for (const time of times) {
    const text = (await time.textContent()) ?? "";
    const at = new Date((await time.getAttribute("datetime")) ?? "");
    if (text !== written(at, reader) && text !== "just now") strange.push(text);
  }
  return strange;
}

/** What a page says, with the names that only screen readers say. */
async function wordsOf({ page }: Visitor): Promise<string> {
  return await page.evaluate<string>(`[document.querySelector("main").innerText,
    ...[...document.querySelectorAll("main [aria-label]")].map((each) => each.getAttribute("aria-label")),
  ].join("\\n")`);
}

/** Expects numbers on a page in the reader's form, and in no other. */
async function expectNumbers(
  visitor: Visitor,
  numbers: readonly number[],
  { locale }: Reader,
): Promise<void> {
  let rest = await wordsOf(visitor);
  for (const number of numbers) {
    const own = new Intl.NumberFormat(locale).format(number);
    expect(rest).toContain(own);
    rest = rest.replaceAll(own, "");
  }
  for (const number of numbers) {
    const digits = new Intl.NumberFormat("en").format(number).replaceAll(",", "[.,\\s]?");
    expect(rest).not.toMatch(new RegExp(`(?<![\\w-])${digits}(?![\\w-])`));
  }
}

describe.each(readers)("somebody $who", (reader) => {
  let visitor: Visitor;

  beforeAll(async () => {
    const person: Person = await createPerson(service, `reads-${reader.locale}@example.com`, [
      "store-managers",
    ]);
    if (reader.chosen) {
      const set = "update admin_user set locale = $2, time_zone = $3 where id = $1";
      await service.sql(set, [person.id, reader.locale, reader.timeZone]);
    }
    visitor = await logIn(browser, service, { person, place });
    return () => visitor.leave();
  });

  it("reads the overview, with the hours of its chart and how long ago it was", async () => {
    const { page, visit } = visitor;
    await visit("/overview");
    const ago = new Intl.RelativeTimeFormat(reader.locale).format(-3, "hour");
    await page.getByRole("row").filter({ hasText: "Lamp" }).getByText(ago).waitFor();
    expect((await strangeTimes(visitor, reader)).filter((text) => text !== ago)).toEqual([]);
    await expectNumbers(visitor, [1_234, 3_766], reader);
    const clock = new Intl.DateTimeFormat(reader.locale, {
      timeZone: reader.timeZone,
      hour: "2-digit",
      minute: "2-digit",
    });
    // The first bar is of the hour a day ago.
    await expect
      .poll(async () => {
        const hour = Date.now() - (Date.now() % 3_600_000) - 24 * 3_600_000;
        const label = page.locator(".recharts-xAxis-tick-labels text").first();
        return (await label.textContent()) === clock.format(hour);
      })
      .toBe(true);
  });

  it("reads the products", async () => {
    await visitor.visit("/products");
    await expectNumbers(visitor, [1_234_567, 1_234, 2_000], reader);
  });

  it("reads an order", async () => {
    await visitor.visit(`/orders/${order}`);
    expect(await strangeTimes(visitor, reader)).toEqual([]);
    await expectNumbers(visitor, [3_766], reader);
  });

  it("reads an alert", async () => {
    await visitor.visit(`/alerts/${alert}`);
    expect(await strangeTimes(visitor, reader)).toEqual([]);
    await expectNumbers(visitor, [1_234, 2_000], reader);
  });

  it("reads a history, with the reader's midnight in its chart", async () => {
    const { page, visit } = visitor;
    await visit("/products/LAMP/history?days=1");
    expect(await strangeTimes(visitor, reader)).toEqual([]);
    await expectNumbers(visitor, [1_234, 3_766, 2_000], reader);
    const today = new Intl.DateTimeFormat(reader.locale, {
      timeZone: reader.timeZone,
      month: "short",
      day: "numeric",
    });
    const hour = new Intl.DateTimeFormat("en", {
      timeZone: reader.timeZone,
      hour: "numeric",
      hourCycle: "h23",
    });
    // Every third or fourth hour has a label, and midnight's is the day.
    const labels = page.locator(".recharts-xAxis-tick-labels text");
    await expect
      .poll(async () => {
        const words = await labels.allTextContents();
        const midnight = words.indexOf(today.format(new Date()));
        const after = words.length - 1 - midnight;
        const hours = Number(hour.format(new Date()));
        return midnight !== -1 && [3, 4].some((step) => after === Math.floor(hours / step));
      })
      .toBe(true);
  });
});
