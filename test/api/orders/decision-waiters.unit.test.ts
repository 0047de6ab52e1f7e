import { expect, it } from "vitest";
import {
  createDecisionWaiters,
  type DecisionWait,
} from "../../../src/api/orders/decision-waiters.ts";

/** Long enough for whatever is to come; a wait that is not ended by word would outlast the test's own limit. */
const longMs = 60_000;

/** Whether word has come already. */
const heard = (wait: DecisionWait) => wait.wokenWithin(0);

it("wakes only those who wait for the orders that are named", async () => {
  const waiters = createDecisionWaiters();
  const named = ["a", "c"].map((id) => waiters.waitFor(id).wokenWithin(longMs));
  const other = waiters.waitFor("b");
  waiters.wake("a,c,unknown");
  expect(await Promise.all(named)).toEqual([true, true]);
  expect(await heard(other)).toBe(false);
});

it("keeps word that comes before anybody listens, once", async () => {
  const waiters = createDecisionWaiters();
  const wait = waiters.waitFor("a");
  waiters.wake("a");
  expect(await wait.wokenWithin(longMs)).toBe(true);
  expect(await heard(wait)).toBe(false);
});

it("goes on waiting after word came, as one does who found the order pending still", async () => {
  const waiters = createDecisionWaiters();
  const wait = waiters.waitFor("a");
  waiters.wakeAll();
  expect(await wait.wokenWithin(longMs)).toBe(true);
  // While the order is being read.
  waiters.wake("a");
  expect(await wait.wokenWithin(longMs)).toBe(true);
  const again = wait.wokenWithin(longMs);
  waiters.wake("a");
  expect(await again).toBe(true);
});

it("wakes all who wait for one order, and not who has ended the wait", async () => {
  const waiters = createDecisionWaiters();
  const waits = [waiters.waitFor("a"), waiters.waitFor("a"), waiters.waitFor("a")];
  waits[1]?.cancel();
  waits[1]?.cancel();
  waiters.wake("a");
  expect(await Promise.all(waits.map(heard))).toEqual([true, false, true]);
});

it("begins anew for an order that everybody had ceased to wait for", async () => {
  const waiters = createDecisionWaiters();
  const old = waiters.waitFor("a");
  old.cancel();
  const wait = waiters.waitFor("a");
  old.cancel();
  waiters.wake("a");
  expect(await heard(wait)).toBe(true);
  expect(await heard(old)).toBe(false);
});

it("wakes everybody after a gap in the notifications", async () => {
  const waiters = createDecisionWaiters();
  const waits = ["a", "b", "b"].map((id) => waiters.waitFor(id).wokenWithin(longMs));
  waiters.wakeAll();
  expect(await Promise.all(waits)).toEqual([true, true, true]);
});

it("resolves with false when the time is up", async () => {
  expect(await createDecisionWaiters().waitFor("a").wokenWithin(1)).toBe(false);
});
