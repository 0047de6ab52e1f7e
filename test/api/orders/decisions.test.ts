import { expect, it } from "vitest";
import { createDecisions, type Expectation } from "../../../src/api/orders/decisions.ts";

/** Long enough for whatever is to come; a wait that is not ended by word would outlast the test's own limit. */
const longMs = 60_000;

/** Whether word has come already. */
const heard = (expectation: Expectation) => expectation.decided(0);

it("wakes only those who wait for the orders that are named", async () => {
  const decisions = createDecisions();
  const named = ["a", "c"].map((id) => decisions.expect(id).decided(longMs));
  const other = decisions.expect("b");
  decisions.onDecided("a,c,unknown");
  expect(await Promise.all(named)).toEqual([true, true]);
  expect(await heard(other)).toBe(false);
});

it("keeps word that comes before anybody listens, once", async () => {
  const decisions = createDecisions();
  const expectation = decisions.expect("a");
  decisions.onDecided("a");
  expect(await expectation.decided(longMs)).toBe(true);
  expect(await heard(expectation)).toBe(false);
});

it("goes on waiting after word came, as one does who found the order pending still", async () => {
  const decisions = createDecisions();
  const expectation = decisions.expect("a");
  decisions.onGap();
  expect(await expectation.decided(longMs)).toBe(true);
  // While the order is being read.
  decisions.onDecided("a");
  expect(await expectation.decided(longMs)).toBe(true);
  const again = expectation.decided(longMs);
  decisions.onDecided("a");
  expect(await again).toBe(true);
});

it("wakes all who wait for one order, and not who has ended the wait", async () => {
  const decisions = createDecisions();
  const waits = [decisions.expect("a"), decisions.expect("a"), decisions.expect("a")];
  waits[1]?.cancel();
  waits[1]?.cancel();
  decisions.onDecided("a");
  expect(await Promise.all(waits.map(heard))).toEqual([true, false, true]);
});

it("begins anew for an order that everybody had ceased to wait for", async () => {
  const decisions = createDecisions();
  const old = decisions.expect("a");
  old.cancel();
  const expectation = decisions.expect("a");
  old.cancel();
  decisions.onDecided("a");
  expect(await heard(expectation)).toBe(true);
  expect(await heard(old)).toBe(false);
});

it("wakes everybody after a gap in the notifications", async () => {
  const decisions = createDecisions();
  const waits = ["a", "b", "b"].map((id) => decisions.expect(id).decided(longMs));
  decisions.onGap();
  expect(await Promise.all(waits)).toEqual([true, true, true]);
});

it("resolves with false when the time is up", async () => {
  expect(await createDecisions().expect("a").decided(1)).toBe(false);
});
