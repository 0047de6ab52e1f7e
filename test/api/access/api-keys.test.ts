import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
  await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 10 });
});
afterAll(() => service.stop());

const make = (name: string) =>
  service.send("POST", "/api-keys", {
    name,
    scopes: ["stock:read", "stock:write", "orders:write"],
  });
const madeSchema = z.object({ id: z.string(), key: z.string() });
const unitsOf = async (sku: string) =>
  Number(Reflect.get(Object((await service.send("GET", `/stock/${sku}`)).body), "unitsInStock"));

describe("the name of an API key", () => {
  it("belongs to one key that lives, in whatever case: the ledger tells keys apart by it", async () => {
    const first = await make("Warehouse");
    expect(first.status).toBe(201);
    for (const name of ["Warehouse", "warehouse"]) {
      const second = await make(name);
      expect(second.status).toBe(409);
      expect(second.body).toMatchObject({
        type: "/problems/conflict",
        errors: [{ pointer: "/name" }],
      });
    }
    const { id } = madeSchema.parse(first.body);
    expect((await service.send("DELETE", `/api-keys/${id}`)).status).toBe(204);
    expect((await make("warehouse")).status).toBe(201);
  });

  it.each([
    ["a zero width space", "check\u200bout", "U+200B (zero width space)"],
    ["a right-to-left override", "\u202etuokcehc", "U+202E (right-to-left override)"],
    ["a no-break space", "check\u00a0out", "U+00A0 (no-break space)"],
  ])("has no %s, with which it could look like another", async (_name, name, words) => {
    const { status, body } = await make(name);
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain(words);
  });

  it("is taken once, however many ask for it at the same moment", async () => {
    const replies = await Promise.all(Array.from({ length: 5 }, () => make("at once")));
    const statuses = replies.map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
  });
});

describe("an Idempotency-Key", () => {
  const send = (key: string, path: string, body: unknown) =>
    service.send("POST", path, body, {
      authorization: `Bearer ${key}`,
      "idempotency-key": "delivery 17",
    });

  it("of a revoked key is not the one of a new key with its name", async () => {
    const before = await unitsOf("MUG");
    const old = madeSchema.parse((await make("scanner")).body);
    const delivery = { delta: 5, note: "delivery" };
    expect((await send(old.key, "/stock/MUG/adjustments", delivery)).status).toBe(201);
    expect((await send(old.key, "/stock/MUG/adjustments", delivery)).status).toBe(201);
    expect(await unitsOf("MUG")).toBe(before + 5);
    await service.send("DELETE", `/api-keys/${old.id}`);
    const renewed = madeSchema.parse((await make("scanner")).body);
    expect((await send(renewed.key, "/stock/MUG/adjustments", delivery)).status).toBe(201);
    expect(await unitsOf("MUG")).toBe(before + 10);
  });

  it("of an order is not the one of another key with the same name, either", async () => {
    const order = (reference: string) => ({ reference, lines: [{ sku: "MUG", quantity: 1 }] });
    const old = madeSchema.parse((await make("shop")).body);
    expect((await send(old.key, "/orders", order("A-1"))).status).toBe(202);
    expect((await send(old.key, "/orders", order("A-2"))).status).toBe(409);
    await service.send("DELETE", `/api-keys/${old.id}`);
    const renewed = madeSchema.parse((await make("shop")).body);
    expect((await send(renewed.key, "/orders", order("A-3"))).status).toBe(202);
  });

  it("of a person is not the one of whoever has their address after them", async () => {
    const deliver = async () => {
      const person = await createPerson(service, "depot@example.com", ["store-managers"]);
      const session = await logIn(service.url, person);
      const reply = await fetch(`${service.url}/api/v1/stock/MUG/adjustments`, {
        method: "POST",
        headers: {
          cookie: session.cookie,
          origin: service.url,
          "content-type": "application/json",
          "idempotency-key": "delivery 18",
        },
        body: JSON.stringify({ delta: 3 }),
      });
      expect(reply.status).toBe(201);
      expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(200);
      await service.send("DELETE", `/admin-users/${person.id}`);
    };
    const before = await unitsOf("MUG");
    await deliver();
    await deliver();
    expect(await unitsOf("MUG")).toBe(before + 6);
  });
});
