import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { logIn, postSession, sendAs } from "../../support/browser-like.ts";
import { createPerson } from "../../support/people.ts";
import { startTestApi, testAccess, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const listed = z.object({ data: z.array(z.object({ email: z.string() })) });
const emailsOf = async (query: string) =>
  listed.parse((await service.send("GET", `/admin-users?${query}`)).body).data.map((u) => u.email);

/** The id of the one administrator that the test's service begins with. */
async function onlyAdministrator(): Promise<string> {
  const reply = await service.send("GET", `/admin-users?q=${testAccess.adminEmail}`);
  const { data } = z.object({ data: z.tuple([z.object({ id: z.string() })]) }).parse(reply.body);
  return data[0].id;
}

describe("a person", () => {
  it("is created with a password of their own, which is stored as argon2id and never answered", async () => {
    const reply = await service.send("POST", "/admin-users", {
      email: "Carla@example.com",
      name: "Carla",
      password: "the password of Carla",
      groups: ["viewers"],
    });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      email: "Carla@example.com",
      enabled: true,
      groups: ["viewers"],
    });
    expect(JSON.stringify(reply.body)).not.toMatch(/password|argon2/i);
    const read = await service.send(
      "GET",
      (reply.headers.get("location") ?? "").replace("/api/v1", ""),
    );
    expect(read.body).toEqual(reply.body);
    const [row] = await service.sql<{ password_hash: string }>(
      "select password_hash from admin_user where name = 'Carla'",
    );
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const login = { email: "carla@EXAMPLE.com", password: "the password of Carla" };
    expect((await postSession(service.url, login)).status).toBe(204);
  });

  it("is given a password that is told once, where none was chosen", async () => {
    const reply = await service.send("POST", "/admin-users", {
      email: "dora@example.com",
      name: "Dora",
    });
    const { initialPassword, id } = z
      .object({ initialPassword: z.string().min(16), id: z.string() })
      .parse(reply.body);
    const login = { email: "dora@example.com", password: initialPassword };
    expect((await postSession(service.url, login)).status).toBe(204);
    expect((await service.send("GET", `/admin-users/${id}`)).body).not.toHaveProperty(
      "initialPassword",
    );
  });

  it("can't have an address that somebody has already, in any case", async () => {
    await createPerson(service, "twin@example.com");
    const reply = await service.send("POST", "/admin-users", {
      email: "TWIN@example.com",
      name: "Twin",
    });
    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({ errors: [{ pointer: "/email" }] });
    const other = await createPerson(service, "other@example.com");
    const path = `/admin-users/${other.id}`;
    expect((await service.send("PATCH", path, { email: "Twin@example.com" })).status).toBe(409);
    expect((await service.send("PATCH", path, { email: "OTHER@example.com" })).status).toBe(200);
  });

  it("is created once, however many ask at the same moment", async () => {
    const replies = await Promise.all(
      Array.from({ length: 5 }, () =>
        service.send("POST", "/admin-users", { email: "once@example.com", name: "Once" }),
      ),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409, 409, 409,
    ]);
  });

  it("is changed in part: what is left out stays", async () => {
    const person = await createPerson(service, "emil@example.com", ["viewers"]);
    const path = `/admin-users/${person.id}`;
    const named = await service.send("PATCH", path, { name: "Emil" });
    expect(named.body).toMatchObject({
      name: "Emil",
      email: "emil@example.com",
      groups: ["viewers"],
    });
    const moved = await service.send("PATCH", path, { groups: ["store-managers"] });
    expect(moved.body).toMatchObject({ name: "Emil", groups: ["store-managers"] });
    const before = named.headers.get("etag") ?? "";
    const stale = await service.send("PATCH", path, { name: "Late" }, { "if-match": before });
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ current: { name: "Emil", groups: ["store-managers"] } });
  });

  it("loses every session with a new password", async () => {
    const person = await createPerson(service, "fritz@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    await service.send("PATCH", `/admin-users/${person.id}`, { password: "a new password" });
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
    expect((await postSession(service.url, person)).status).toBe(401);
    const changed = { email: person.email, password: "a new password" };
    expect((await postSession(service.url, changed)).status).toBe(204);
  });

  it("can't change their own password without the current one, administrator or not", async () => {
    const person = await createPerson(service, "gerda@example.com", ["administrators"]);
    const session = await logIn(service.url, person);
    const path = `/api/v1/admin-users/${person.id}`;
    const reply = await sendAs(service.url, session, "PATCH", path, { password: "an open door" });
    expect(reply.status).toBe(409);
    expect((await postSession(service.url, person)).status).toBe(204);
    await service.send("DELETE", `/admin-users/${person.id}`);
  });

  it("is deleted with their sessions", async () => {
    const person = await createPerson(service, "hans@example.com", ["viewers"]);
    const session = await logIn(service.url, person);
    expect((await service.send("DELETE", `/admin-users/${person.id}`)).status).toBe(204);
    expect((await service.send("GET", `/admin-users/${person.id}`)).status).toBe(404);
    expect((await sendAs(service.url, session, "GET", "/api/v1/session")).status).toBe(401);
  });

  it.each([
    [{ email: "no address", name: "X" }, "/email"],
    [{ email: "a@example.com\r\nBcc: b@example.com", name: "X" }, "/email"],
    [{ email: "i@example.com", name: "X\r\nBcc: b@example.com" }, "/name"],
    [{ email: "i@example.com", name: "X", password: "short" }, "/password"],
    [{ email: "i@example.com", name: "X", groups: ["nothing"] }, "/groups"],
    [{ email: "i@example.com", name: "X", admin: true }, "/admin"],
  ])("%j is refused at %s", async (body, pointer) => {
    const reply = await service.send("POST", "/admin-users", body);
    expect(reply.status).toBe(422);
    expect(reply.body).toHaveProperty("errors.0.pointer", pointer);
    expect(await emailsOf("q=i@example.com")).toEqual([]);
  });
});

describe("the list of people", () => {
  it("is searched by name and address, filtered and read page by page", async () => {
    for (const name of ["list-a", "list-b", "list-c"])
      await createPerson(service, `${name}@example.com`);
    expect(await emailsOf("q=LIST-")).toEqual([
      "list-a@example.com",
      "list-b@example.com",
      "list-c@example.com",
    ]);
    const first = await service.send("GET", "/admin-users?q=list-&limit=2");
    const cursor = String(Reflect.get(Object(first.body), "nextCursor"));
    expect(await emailsOf(`q=list-&limit=2&cursor=${cursor}`)).toEqual(["list-c@example.com"]);
    expect(await emailsOf("q=list-&enabled=false")).toEqual([]);
  });

  it("takes quotes, operators and wildcards as text", async () => {
    for (const q of ["' or '1'='1", "%", "_", "\\", '"; drop table admin_user; --', "$1", "{}"]) {
      expect(await emailsOf(`q=${encodeURIComponent(q)}`)).toEqual([]);
    }
    for (const query of ["q=%00", "enabled=maybe", "limit=0", "limit=x", "cursor=x", "sort=name"]) {
      expect((await service.send("GET", `/admin-users?${query}`)).status).toBe(422);
    }
    const hostile = Buffer.from(JSON.stringify(["a\u0000b"])).toString("base64url");
    expect((await service.send("GET", `/admin-users?cursor=${hostile}`)).status).toBe(422);
  });
});

describe("the last administrator", () => {
  it("can't be disabled, deleted or demoted, in any way", async () => {
    const id = await onlyAdministrator();
    const admins = { name: "Administrators", permissions: ["admin:read"] };
    const attempts: readonly [string, string, unknown][] = [
      ["PATCH", `/admin-users/${id}`, { enabled: false }],
      ["PATCH", `/admin-users/${id}`, { groups: [] }],
      ["DELETE", `/admin-users/${id}`, undefined],
      ["DELETE", `/admin-groups/administrators/members/${id}`, undefined],
      ["PUT", "/admin-groups/administrators", admins],
      [
        "PUT",
        "/admin-groups/administrators",
        { ...admins, permissions: ["admin:write"], members: [] },
      ],
    ];
    for (const [method, path, body] of attempts) {
      const reply = await service.send(method, path, body);
      expect([method, path, reply.status]).toEqual([method, path, 409]);
    }
    expect((await service.send("GET", `/admin-users/${id}`)).body).toMatchObject({
      enabled: true,
      groups: ["administrators", "store-managers"],
    });
  });

  it("remains, when the last two are removed at the same moment", async () => {
    const [first, second] = [
      await onlyAdministrator(),
      (await createPerson(service, "second@example.com", ["administrators"])).id,
    ];
    const replies = await Promise.all(
      [first, second].map((id) => service.send("PATCH", `/admin-users/${id}`, { enabled: false })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    for (const id of [first, second])
      await service.send("PATCH", `/admin-users/${id}`, { enabled: true });
    expect((await service.send("DELETE", `/admin-users/${second}`)).status).toBe(204);
  });
});
