import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { logIn, sendAs } from "../../support/browser-like.ts";
import { createPerson, keyWith } from "../../support/people.ts";
import { createRecordWatch } from "../../support/record-watch.ts";
import { startTestService, type TestService } from "../../support/service.ts";

const act = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.string(),
  actor: z.object({ kind: z.string(), label: z.string(), name: z.string() }),
  subject: z.object({ id: z.string(), name: z.string() }),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string().nullable(),
});
const page = z.object({ data: z.array(act), nextCursor: z.string().nullable() });

let service: TestService;
beforeAll(async () => {
  service = await startTestService({ roles: ["api"] });
});
afterAll(() => service.stop());

async function read(query = ""): Promise<z.output<typeof page>> {
  const { status, body } = await service.send("GET", `/activity${query}`);
  expect([query, status, status === 200 ? null : body]).toEqual([query, 200, null]);
  return page.parse(body);
}

const latest = async (query = "") => (await read(`?limit=1${query}`)).data[0];

const attempt = (email: string, password: string) =>
  fetch(`${service.url}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });

describe("an act", () => {
  it("has who did it, what changed, and its request", async () => {
    const scopes = { permissions: ["orders:read"] };
    await service.send("PUT", "/admin-groups/desk", { name: "Desk", ...scopes });
    const body = { name: "Front desk", permissions: ["orders:read", "stock:read"] };
    await service.send("PUT", "/admin-groups/desk", body, { "X-Request-Id": "request-of-ada" });
    expect(await latest()).toEqual({
      id: expect.stringMatching(/^\d+$/),
      at: expect.any(String),
      kind: "group.changed",
      actor: { kind: "key", label: "key:first-key", name: "first-key" },
      subject: { id: "desk", name: "Desk" },
      before: { name: "Desk", permissions: [] },
      after: { name: "Front desk", permissions: ["stock:read"] },
      requestId: "request-of-ada",
    });
    expect((await read("?subject=desk")).data.map(({ kind }) => kind)).toEqual([
      "group.changed",
      "group.created",
    ]);
  });

  it("names people as they were called then", async () => {
    const ada = await createPerson(service, "ada-then@example.com", ["administrators"]);
    const session = await logIn(service.url, ada);
    await sendAs(service.url, session, "PUT", "/api/v1/admin-groups/night", {
      name: "Night",
      permissions: [],
    });
    await service.send("PATCH", `/admin-users/${ada.id}`, { name: "Another" });
    await service.send("DELETE", `/admin-users/${ada.id}`);
    const [done] = (await read("?subject=night")).data;
    expect(done?.actor.label).toBe("user:ada-then@example.com");
    expect(done?.actor.name).not.toBe("Another");
    expect((await latest(`&subject=${ada.id}`))?.kind).toBe("person.deleted");
  });

  it("that changes nothing, or is refused, has no entry", async () => {
    const body = { name: "Quiet", permissions: ["orders:read"] };
    await service.send("PUT", "/admin-groups/quiet", body);
    const before = await latest();
    await service.send("PUT", "/admin-groups/quiet", body);
    await service.send(
      "PUT",
      "/admin-groups/quiet",
      { ...body, name: "Loud" },
      { "If-Match": '"99"' },
    );
    await service.send("PUT", "/admin-groups/administrators", { name: "Nobody", permissions: [] });
    await service.send("DELETE", "/admin-groups/store-managers");
    expect(await latest()).toEqual(before);
  });

  it("on a product has its settings and those of its variants, and no count", async () => {
    const variants = [{ sku: "CUP-S", options: { Size: "S" }, stockAlertThreshold: 5 }];
    const cup = { name: "Cup", unitsInStock: 5, stockAlertThreshold: 5, variants };
    await service.send("PUT", "/products/CUP", cup);
    await service.send("PATCH", "/products/CUP", { unitsInStock: 7 });
    await service.send("PATCH", "/products/CUP", {
      stockAlertThreshold: 8,
      variants: [{ ...variants[0], stockAlertThreshold: 9 }],
    });
    const acts = (await read("?area=product&subject=CUP")).data;
    expect(acts.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ["product.variantChanged", { stockAlertThreshold: 5 }, { stockAlertThreshold: 9 }],
      ["product.changed", { stockAlertThreshold: 5 }, { stockAlertThreshold: 8 }],
      ["product.created", null, expect.objectContaining({ name: "Cup", variants: ["CUP-S"] })],
    ]);
  });
});

describe("the record", () => {
  it("is read in pages, by who, area, subject and time, newest first", async () => {
    for (let at = 0; at < 5; at += 1) {
      await service.send("PUT", "/product-types/page", {
        name: `Page ${at}`,
        hasInventory: true,
        hasVariants: false,
      });
    }
    const query = "area=productType&actor=key:first-key&subject=page&limit=2";
    const first = await read(`?${query}`);
    const second = await read(`?${query}&cursor=${first.nextCursor}`);
    const third = await read(`?${query}&cursor=${second.nextCursor}`);
    const all = [...first.data, ...second.data, ...third.data];
    expect(all.map(({ after }) => after?.["name"])).toEqual(
      [4, 3, 2, 1, 0].map((n) => `Page ${n}`),
    );
    expect(third.nextCursor).toBeNull();
    const [newest, , middle] = all;
    const since = await read(`?subject=page&from=${middle?.at}`);
    expect(since.data.length).toBe(3);
    expect((await read(`?subject=page&to=${newest?.at}&limit=200`)).data.length).toBe(4);
    expect((await read("?actor=user:nobody@example.com")).data).toEqual([]);
  });

  it("is closed to those without admin:read", async () => {
    const headers = await keyWith(service, ["orders:read", "events:read", "catalogue:read"]);
    expect((await service.send("GET", "/activity", undefined, headers)).status).toBe(403);
  });

  it.each([
    ["an update", "update act set actor = 'user:nobody@example.com'"],
    ["a deletion", "delete from act"],
    ["a truncate", "truncate act"],
  ])("is refused %s by the database", async (_name, statement) => {
    await expect(service.sql(statement)).rejects.toMatchObject({ code: "23001" });
  });
});

describe("sign-ins", () => {
  it("are recorded with their address, and failures with their reason", async () => {
    const person = await createPerson(service, "eve@example.com", ["viewers"]);
    await attempt(person.email, "a wrong password");
    await logIn(service.url, person);
    const acts = (await read(`?area=signIn&subject=${person.id}`)).data;
    expect(acts.map(({ kind, actor, after }) => [kind, actor.label, after])).toEqual([
      ["signIn.succeeded", "user:eve@example.com", expect.objectContaining({ times: 1 })],
      [
        "signIn.failed",
        "stranger",
        expect.objectContaining({ reason: "wrong-password", times: 1 }),
      ],
    ]);
    expect(acts[0]?.after?.["address"]).toMatch(/127\.0\.0\.1$/);
  });

  it("that fail again and again have one entry at the 1st and the 10th, also all at once", async () => {
    const { email, id } = await createPerson(service, "mallory@example.com", ["viewers"]);
    for (let at = 0; at < 3; at += 1) {
      await Promise.all(Array.from({ length: 4 }, () => attempt(email, "a wrong password")));
    }
    const acts = (await read(`?area=signIn&subject=${id}`)).data;
    expect(acts.map(({ after }) => after?.["times"])).toEqual([10, 1]);
    await service.sql("update sign_in_tally set since = since - interval '61 minutes'");
    await attempt(email, "a wrong password");
    expect((await read(`?area=signIn&subject=${id}`)).data[0]?.after?.["times"]).toBe(1);
  });

  it("with addresses that nobody has are counted together, and what was typed is not stored", async () => {
    await service.sql("delete from sign_in_tally");
    const typed = "my-secret-password-in-the-wrong-field";
    for (const name of [typed, "nobody", "no-one"])
      await attempt(`${name}@example.com`, "x".repeat(12));
    const unknown = (await read("?area=signIn&subject=unknown")).data;
    expect(unknown.map(({ after }) => after)).toContainEqual(
      expect.objectContaining({ reason: "unknown-account", email: null, times: 1 }),
    );
    expect(await createRecordWatch(service).findSecrets([typed])).toEqual([]);
  });
});

it("the first key and the first administrator are of the service itself", async () => {
  const first = (await read("?actor=tallyman")).data;
  expect(first.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["person.created", "key.created"]),
  );
});
