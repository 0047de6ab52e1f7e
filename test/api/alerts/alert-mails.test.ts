// What people choose about alerts and say about one: how each is told, who sees to it, until when it is snoozed.

import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import { logIn, type LoggedIn, sendAs } from "../../support/browser-like.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const patience = { timeout: 30_000, interval: 50 };
let service: TestService;
let ann: LoggedIn;

beforeAll(async () => {
  service = await startTestService({
    environment: { SWEEP_INTERVAL_MS: "200", SWEEP_AFTER_MS: "200" },
  });
  const person = { email: "ann@example.com", password: "a long enough password" };
  await service.send("POST", "/admin-users", { ...person, name: "Ann", groups: [] });
  ann = await logIn(service.url, person);
  const chosen = { currentPassword: person.password, newPassword: "another long password" };
  await sendAs(service.url, ann, "PUT", "/api/v1/session/password", chosen);
  ann = await logIn(service.url, { ...person, password: chosen.newPassword });
});
afterAll(() => service.stop());

const usual = {
  mode: "at-once",
  dailyAt: "08:00",
  quietHours: null,
  timeZone: "UTC",
  pausedUntil: null,
  watching: [],
  watchingTypes: [],
};
const own = async (body?: object) => {
  const method = body === undefined ? "GET" : "PUT";
  const reply = await sendAs(service.url, ann, method, "/api/v1/session/alert-mails", body);
  return { status: reply.status, body: z.looseObject({}).parse(await reply.json()) };
};
const createMug = (sku: string, more: object = {}) =>
  service.send("PUT", `/products/${sku}`, {
    name: sku,
    unitsInStock: 9,
    stockAlertThreshold: 5,
    outOfStockThreshold: 0,
    ...more,
  });
const setUnits = (sku: string, set: number) =>
  service.send("POST", `/stock/${sku}/adjustments`, { set });

const alertShape = z.looseObject({
  id: z.string(),
  mails: z.array(
    z.looseObject({ to: z.string(), status: z.string(), waitsUntil: z.string().nullable() }),
  ),
});
async function alertOf(sku: string) {
  const { body } = await service.send("GET", `/alerts?sku=${sku}`);
  const [alert] = z.looseObject({ data: z.array(alertShape) }).parse(body).data;
  if (alert === undefined) throw new Error(`There is no alert of ${sku}.`);
  return alert;
}
const mailsAre = (sku: string, expected: readonly (readonly [string, string])[]) =>
  vi.waitFor(async () => {
    const { mails } = await alertOf(sku);
    expect(mails.map(({ to, status }) => [to, status]).toSorted()).toEqual(expected);
  }, patience);

it("a person is told at once until the person chooses, and a wrong choice changes nothing", async () => {
  expect(await own()).toEqual({ status: 200, body: usual });
  for (const [wrong, pointer] of [
    [{ ...usual, mode: "weekly" }, "/mode"],
    [{ ...usual, dailyAt: "24:00" }, "/dailyAt"],
    [{ ...usual, timeZone: "Mars/Base" }, "/timeZone"],
    [{ ...usual, quietHours: { from: "22:00", until: "22:00" } }, "/quietHours/until"],
    [{ ...usual, watching: ["NOWHERE"] }, "/watching/0"],
    [{ ...usual, watchingTypes: ["goods", "nothing"] }, "/watchingTypes/1"],
  ] as const) {
    expect(await own(wrong)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  }
  expect(await own()).toEqual({ status: 200, body: usual });
});

it("whoever watches an item is told of it, as chosen, and what waits goes by a new choice", async () => {
  await createMug("WATCHED");
  await createMug("OTHER");
  const pausedUntil = new Date(Date.now() + 86_400_000).toISOString();
  const paused = { ...usual, watching: ["WATCHED"], pausedUntil };
  expect(await own(paused)).toEqual({ status: 200, body: paused });
  await setUnits("WATCHED", 5);
  await setUnits("OTHER", 5);
  await mailsAre("WATCHED", [
    ["admin@example.com", "sent"],
    ["ann@example.com", "pending"],
  ]);
  await mailsAre("OTHER", [["admin@example.com", "sent"]]);
  const { mails } = await alertOf("WATCHED");
  const waits = mails.find(({ to }) => to === "ann@example.com")?.waitsUntil ?? "";
  expect(Math.abs(Date.parse(waits) - Date.parse(pausedUntil))).toBeLessThan(5_000);
  // However often it is moved, it has one job, so that its attempts stay as far apart as they should.
  const { bull } = service.queues["send-mail"];
  for (const days of [2, 3]) {
    const later = new Date(Date.now() + days * 86_400_000).toISOString();
    await own({ ...paused, pausedUntil: later });
  }
  await vi.waitFor(async () => expect(await bull.getDelayedCount()).toBe(1), patience);
  expect(await bull.getJobCountByTypes("waiting", "active", "delayed")).toBe(1);
  await own({ ...usual, watching: ["WATCHED"] });
  await mailsAre("WATCHED", [
    ["admin@example.com", "sent"],
    ["ann@example.com", "sent"],
  ]);
});

it("an alert says who is told of it and why, and who is not", async () => {
  const { id } = await alertOf("WATCHED");
  const readers = async () =>
    z
      .looseObject({ data: z.array(z.unknown()) })
      .parse((await service.send("GET", `/alerts/${id}/readers`)).body).data;
  expect(await readers()).toMatchObject([
    { email: "admin@example.com", isTold: true, because: "store-managers" },
    { email: "ann@example.com", isTold: true, because: "watches-product" },
  ]);
  await own({ ...usual, mode: "off", watching: ["WATCHED"] });
  expect(await readers()).toMatchObject([
    { isTold: true },
    { isTold: false, because: "switched-off", nextMailAt: null },
  ]);
});

it("an alert that somebody sees to says who and what, until that is taken back", async () => {
  const { id } = await alertOf("WATCHED");
  const note = "ordered, expected on Friday";
  const said = await service.send("PATCH", `/alerts/${id}`, { note });
  expect(said).toMatchObject({
    status: 200,
    body: { acknowledged: { note, by: expect.stringContaining(":") } },
  });
  await service.send("PATCH", `/alerts/${id}`, { note: "comes on Monday" });
  expect(await alertOf("WATCHED")).toMatchObject({ acknowledged: { note: "comes on Monday" } });
  await service.send("PATCH", `/alerts/${id}`, { acknowledged: false });
  expect(await alertOf("WATCHED")).toMatchObject({ acknowledged: null, snoozed: null });
  // There is no note to remove, and removing one is no reason to think that somebody sees to it.
  await service.send("PATCH", `/alerts/${id}`, { note: null });
  expect(await alertOf("WATCHED")).toMatchObject({ acknowledged: null });
  const unknown = await service.send("PATCH", `/alerts/${ids.nobody}`, { acknowledged: true });
  expect(unknown.status).toBe(404);
});
const ids = { nobody: "00000000-0000-7000-8000-000000000000" };

it("news of a snoozed alert wait, and are mailed when the snooze ends", async () => {
  await createMug("SNOOZED");
  await setUnits("SNOOZED", 5);
  await mailsAre("SNOOZED", [["admin@example.com", "sent"]]);
  const { id } = await alertOf("SNOOZED");
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await service.send("PATCH", `/alerts/${id}`, { snoozedUntil: until });
  await setUnits("SNOOZED", 0);
  await vi.waitFor(async () => {
    expect(await alertOf("SNOOZED")).toMatchObject({
      snoozed: { until },
      news: [{ mailing: "mailed" }, { mailing: "waiting" }],
    });
  }, patience);
  await service.send("PATCH", `/alerts/${id}`, { snoozedUntil: null });
  await mailsAre("SNOOZED", [
    ["admin@example.com", "sent"],
    ["admin@example.com", "sent"],
  ]);
});
