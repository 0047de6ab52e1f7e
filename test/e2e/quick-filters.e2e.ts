// Filters of a list that change faster than the page shows them, as when a quick hand or a program fills them in.

import { expect, it } from "vitest";
import { startVisitedService } from "../support/visited-service.ts";

const { visitor } = await startVisitedService({ environment: {} });

/**
 * Changes three filters, each a few turns of the event loop after the one before, so that each falls into another moment of
 * what React does with the last. Returns the addresses that lack the second change.
 */
const changeQuickly = `(async () => {
  const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  const enter = (label, value) => {
    const input = [...document.querySelectorAll("input")].find(({ labels }) =>
      [...(labels ?? [])].some(({ textContent }) => textContent.trim() === label));
    set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const { port1, port2 } = new MessageChannel();
  const turns = async (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      await new Promise((done) => {
        port1.onmessage = done;
        port2.postMessage(null);
      });
    }
  };
  const losses = [];
  for (let round = 0; round < 200; round += 1) {
    const year = 2010 + (round % 80);
    enter("From", year + "-01-01");
    await turns((round % 25) + 1);
    enter("Until", year + "-12-31");
    await turns(Math.floor(round / 25) + 1);
    enter("From", year + "-02-03");
    await new Promise((done) => setTimeout(done, 60));
    const { searchParams, search } = new URL(location.href);
    if (searchParams.get("until") !== year + "-12-31") losses.push(search);
  }
  port1.close();
  return losses;
})()`;

it("every one of several quick changes stays in the address", async () => {
  const { page, visit } = visitor;
  await visit("/orders");
  expect(await page.evaluate<string[]>(changeQuickly)).toEqual([]);
});
