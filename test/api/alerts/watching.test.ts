// Whom an item interests: who watches its product type, who watches it by one button, and whose choice somebody else makes.

import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { logIn, type LoggedIn, sendAs } from "../../support/browser-like.ts";
import { createPerson, keyWith, type Person } from "../../support/people.ts";
import { startTestService, type TestService } from "../../support/service.ts";

let service: TestService;
let ann: Person;
let session: LoggedIn;
beforeAll(async () => {
  service = await startTestService();
  ann = await createPerson(service, "ann@example.com");
  session = await logIn(service.url, ann);
  for (const code of ["tea", "mugs"]) {
    const type = { name: code, hasInventory: true, hasVariants: true };
    expect((await service.send("PUT", `/product-types/${code}`, type)).status).toBe(201);
  }
});
afterAll(() => service.stop());

const usual = {
  mode: "at-once",
  dailyAt: "08:00",
  quietHours: null,
  timeZone: "UTC",
  pausedUntil: null,
  watching: [],
};
const choose = (body: object) =>
  sendAs(service.url, session, "PUT", "/api/v1/session/alert-mails", body);
beforeEach(async () => {
  expect((await choose({ ...usual, watchingTypes: [] })).status).toBe(200);
});

const create = async (sku: string, type: string, more: object = {}) => {
  const body = { name: sku, type, unitsInStock: 9, stockAlertThreshold: 5, ...more };
  expect((await service.send("PUT", `/products/${encodeURIComponent(sku)}`, body)).status).toBe(
    201,
  );
};
const empty = (sku: string) => service.send("POST", `/stock/${sku}/adjustments`, { set: 1 });
const toldOf = (sku: string) =>
  service.sql<{ to: string }>(
    `select m.to_email as "to" from mail m join stock_alert a on a.id = m.alert_id
       join stock_level l on l.id = a.level_id where l.sku = $1 order by m.to_email`,
    [sku],
  );
const tells = (sku: string, people: readonly string[]) =>
  vi.waitFor(async () => expect((await toldOf(sku)).map(({ to }) => to)).toEqual(people), 20_000);
const choiceOf = async (who = "/session") => {
  const reply = await sendAs(service.url, session, "GET", `/api/v1${who}/alert-mails`);
  return z
    .looseObject({ watching: z.array(z.string()), watchingTypes: z.array(z.string()) })
    .parse(await reply.json());
};

it("whoever watches a product type is told of all its products and variants, and of no other, and why", async () => {
  await create("GREEN", "tea");
  await create("CUP", "mugs");
  await create("BLACK", "tea", {
    unitsInStock: undefined,
    variants: [{ sku: "BLACK-1", unitsInStock: 9, stockAlertThreshold: 5, options: { Size: "1" } }],
  });
  await choose({ ...usual, watchingTypes: ["tea"] });
  for (const sku of ["GREEN", "CUP", "BLACK-1"]) await empty(sku);
  await tells("GREEN", ["admin@example.com", ann.email]);
  await tells("BLACK-1", ["admin@example.com", ann.email]);
  await tells("CUP", ["admin@example.com"]);
  const { body } = await service.send("GET", "/alerts?sku=GREEN");
  const [alert] = z.looseObject({ data: z.array(z.object({ id: z.string() })) }).parse(body).data;
  const readers = await service.send("GET", `/alerts/${alert?.id}/readers`);
  expect(readers.body).toMatchObject({
    data: [
      { because: "store-managers" },
      { email: ann.email, isTold: true, because: "watches-type" },
    ],
  });
});

it("a product that gets another type is told to whoever watches that one", async () => {
  await create("MOVED", "mugs");
  await choose({ ...usual, watchingTypes: ["tea"] });
  await service.send("PATCH", "/products/MOVED", { type: "tea" });
  expect((await empty("MOVED")).status).toBeLessThan(300);
  await tells("MOVED", ["admin@example.com", ann.email]);
});

it("types stay as they are if a choice leaves them out, and end with the type", async () => {
  await service.send("PUT", "/product-types/short", {
    name: "Short",
    hasInventory: true,
    hasVariants: false,
  });
  await choose({ ...usual, watchingTypes: ["short", "tea", "short"] });
  await choose(usual);
  expect((await choiceOf()).watchingTypes).toEqual(["short", "tea"]);
  expect((await service.send("DELETE", "/product-types/short")).status).toBe(204);
  expect((await choiceOf()).watchingTypes).toEqual(["tea"]);
});

it("an item is watched and not watched any more by one request each, which may come twice", async () => {
  await create("ONE/2", "mugs");
  const watch = (method: string, sku: string) =>
    sendAs(
      service.url,
      session,
      method,
      `/api/v1/session/alert-mails/watching/${encodeURIComponent(sku)}`,
    );
  for (const method of ["PUT", "PUT"]) expect((await watch(method, "ONE/2")).status).toBe(204);
  expect((await choiceOf()).watching).toEqual(["ONE/2"]);
  for (const method of ["DELETE", "DELETE"])
    expect((await watch(method, "ONE/2")).status).toBe(204);
  expect((await choiceOf()).watching).toEqual([]);
  expect((await watch("PUT", "NOWHERE")).status).toBe(404);
  expect((await watch("POST", "ONE/2")).status).toBe(405);
});

it("nobody watches more than a hundred items, also by requests of the same moment", async () => {
  const skus = Array.from({ length: 103 }, (_, index) => `MANY-${index}`);
  for (const sku of skus) await create(sku, "mugs");
  await choose({ ...usual, watching: skus.slice(0, 98) });
  const replies = await Promise.all(
    skus
      .slice(98)
      .map((sku) =>
        sendAs(service.url, session, "PUT", `/api/v1/session/alert-mails/watching/${sku}`),
      ),
  );
  expect(replies.map(({ status }) => status).toSorted()).toEqual([204, 204, 409, 409, 409]);
  const again = await sendAs(
    service.url,
    session,
    "PUT",
    "/api/v1/session/alert-mails/watching/MANY-0",
  );
  expect(again.status).toBe(204);
});

it("an administrator reads and makes the choice of somebody else, which is recorded with what changed", async () => {
  const path = `/admin-users/${ann.id}/alert-mails`;
  expect((await service.send("GET", path)).body).toEqual({ ...usual, watchingTypes: [] });
  const daily = { ...usual, mode: "daily", dailyAt: "07:30", watchingTypes: ["tea"] };
  expect(await service.send("PUT", path, daily)).toMatchObject({ status: 200, body: daily });
  expect(await choiceOf()).toEqual(daily);
  const acts = await service.sql(
    `select actor_kind as doer, subject_name as name, before, after from act where kind = 'person.alertMailsChanged'`,
  );
  expect(acts).toEqual([
    {
      doer: "key",
      name: ann.email,
      before: expect.objectContaining({ mailMode: "at-once", dailyAt: null, watchingTypes: [] }),
      after: expect.objectContaining({
        mailMode: "daily",
        dailyAt: "07:30",
        watchingTypes: ["tea"],
      }),
    },
  ]);
  // What changes nothing has no record.
  await service.send("PUT", path, daily);
  expect(await service.sql("select from act where kind = 'person.alertMailsChanged'")).toHaveLength(
    1,
  );
  const wrong = await service.send("PUT", path, { ...daily, watching: ["NOWHERE"] });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: "/watching/0" }] } });
  const reader = await keyWith(service, ["admin:read"]);
  expect((await service.send("PUT", path, daily, reader)).status).toBe(403);
  const nobody = "/admin-users/00000000-0000-7000-8000-000000000000/alert-mails";
  expect((await service.send("GET", nobody)).status).toBe(404);
  expect((await service.send("PUT", nobody, daily)).status).toBe(404);
});

it("a lesser administrator does not make the choice of a greater one", async () => {
  const boss = await createPerson(service, "boss@example.com", ["administrators"]);
  const path = `/admin-users/${boss.id}/alert-mails`;
  const lesser = await keyWith(service, ["admin:read", "admin:write"]);
  const before = (await service.send("GET", path)).body;
  const refused = await service.send("PUT", path, { ...usual, mode: "off" }, lesser);
  expect(refused.status).toBe(403);
  expect((await service.send("GET", path)).body).toEqual(before);
  const own = await createPerson(service, "equal@example.com", []);
  const ownPath = `/admin-users/${own.id}/alert-mails`;
  const paused = { ...usual, mode: "off", pausedUntil: "2031-01-02T03:04:05.000Z" };
  expect(await service.send("PUT", ownPath, paused, lesser)).toMatchObject({
    status: 200,
    body: paused,
  });
});

it("an administrator who changes a person's time zone changes the zone of the person's hours, too", async () => {
  const person = await createPerson(service, "zoe@example.com");
  const path = `/admin-users/${person.id}/alert-mails`;
  await service.send("PUT", path, { ...usual, mode: "daily", timeZone: "UTC" });
  const change = { timeZone: "Asia/Tokyo" };
  expect((await service.send("PATCH", `/admin-users/${person.id}`, change)).status).toBe(200);
  expect((await service.send("GET", path)).body).toMatchObject({ timeZone: "Asia/Tokyo" });
  await service.send("PATCH", `/admin-users/${person.id}`, { timeZone: null });
  expect((await service.send("GET", path)).body).toMatchObject({ timeZone: "Asia/Tokyo" });
});
