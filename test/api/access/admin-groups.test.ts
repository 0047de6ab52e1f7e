import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const put = (code: string, body: unknown, headers?: Record<string, string>) =>
  service.send("PUT", `/admin-groups/${code}`, body, headers);

describe("a group", () => {
  it("is created, read, replaced and deleted", async () => {
    const anna = await createPerson(service, "anna@example.com");
    const content = { name: "Packers", permissions: ["orders:read"], members: [anna.id] };
    const created = await put("packers", content);
    expect(created.status).toBe(201);
    expect(created.headers.get("location")).toBe("/api/v1/admin-groups/packers");
    const read = await service.send("GET", "/admin-groups/packers");
    expect(read.body).toEqual(created.body);
    expect(read.body).toMatchObject({
      code: "packers",
      name: "Packers",
      permissions: ["orders:read"],
      members: [{ id: anna.id, email: "anna@example.com", enabled: true }],
    });
    const replaced = await put("packers", { name: "Packing", permissions: [] });
    expect(replaced.status).toBe(200);
    expect(replaced.body).toMatchObject({
      name: "Packing",
      permissions: [],
      members: [{ id: anna.id }],
    });
    expect((await service.send("DELETE", "/admin-groups/packers")).status).toBe(204);
    expect((await service.send("GET", "/admin-groups/packers")).status).toBe(404);
    const { body } = await service.send("GET", `/admin-users/${anna.id}`);
    expect(body).toMatchObject({ groups: [] });
  });

  it("is listed page by page", async () => {
    const first = await service.send("GET", "/admin-groups?limit=2");
    expect(first.body).toMatchObject({
      data: [{ code: "administrators" }, { code: "store-managers" }],
    });
    const cursor = String(Reflect.get(Object(first.body), "nextCursor"));
    const second = await service.send("GET", `/admin-groups?limit=2&cursor=${cursor}`);
    expect(second.body).toMatchObject({ data: [{ code: "viewers" }], nextCursor: null });
  });

  it("is joined and left, once or twice", async () => {
    const bert = await createPerson(service, "bert@example.com");
    const path = `/admin-groups/viewers/members/${bert.id}`;
    for (const expected of [["viewers"], ["viewers"]]) {
      expect((await service.send("PUT", path)).status).toBe(204);
      const { body } = await service.send("GET", `/admin-users/${bert.id}`);
      expect(body).toMatchObject({ groups: expected });
    }
    for (const expected of [[], []]) {
      expect((await service.send("DELETE", path)).status).toBe(204);
      expect((await service.send("GET", `/admin-users/${bert.id}`)).body).toMatchObject({
        groups: expected,
      });
    }
    const nobody = "01890000-0000-7000-8000-000000000000";
    expect((await service.send("PUT", `/admin-groups/viewers/members/${nobody}`)).status).toBe(404);
    expect((await service.send("PUT", `/admin-groups/nothing/members/${bert.id}`)).status).toBe(
      404,
    );
  });

  it("that the store relies on can't be deleted", async () => {
    for (const code of ["administrators", "store-managers"]) {
      const reply = await service.send("DELETE", `/admin-groups/${code}`);
      expect(reply.status).toBe(409);
      expect((await service.send("GET", `/admin-groups/${code}`)).status).toBe(200);
    }
  });

  it.each([
    [{ name: "X" }, "/permissions"],
    [{ name: "X", permissions: ["everything"] }, "/permissions/0"],
    [{ name: "X\r\nBcc: all", permissions: [] }, "/name"],
    [{ name: "X", permissions: [], code: "y" }, "/code"],
    [{ name: "X", permissions: [], members: ["me"] }, "/members/0"],
    [{ name: "X", permissions: [], members: ["01890000-0000-7000-8000-000000000000"] }, "/members"],
  ])("%j is refused at %s, and nothing is stored", async (body, pointer) => {
    const reply = await put("refused", body);
    expect(reply.status).toBe(422);
    expect(reply.body).toHaveProperty("errors.0.pointer", pointer);
    expect((await service.send("GET", "/admin-groups/refused")).status).toBe(404);
  });

  it("has a code of plain letters, digits and hyphens", async () => {
    for (const code of ["Big", "a b", "-x", "x".repeat(61), "a'b", "a%00b"]) {
      const reply = await put(encodeURIComponent(code), { name: "X", permissions: [] });
      expect(reply.status).toBe(422);
    }
  });
});

describe("two people who edit a group", () => {
  it("are told of each other: the later is shown what the earlier saved", async () => {
    await createGroup(service, "shared", []);
    const seen = (await service.send("GET", "/admin-groups/shared")).headers.get("etag") ?? "";
    const first = await put("shared", { name: "First", permissions: [] }, { "if-match": seen });
    expect(first.status).toBe(200);
    const second = await put("shared", { name: "Second", permissions: [] }, { "if-match": seen });
    expect(second.status).toBe(412);
    expect(second.body).toMatchObject({
      type: "/problems/stale-version",
      current: { code: "shared", name: "First" },
    });
    const gone = await service.send("DELETE", "/admin-groups/shared", undefined, {
      "if-match": seen,
    });
    expect(gone.status).toBe(412);
    expect((await service.send("GET", "/admin-groups/shared")).body).toMatchObject({
      name: "First",
    });
  });

  it("are told as well where only its members changed", async () => {
    await createGroup(service, "team", []);
    const person = await createPerson(service, "team@example.com");
    const [group, user] = [
      (await service.send("GET", "/admin-groups/team")).headers.get("etag"),
      (await service.send("GET", `/admin-users/${person.id}`)).headers.get("etag"),
    ];
    await service.send("PUT", `/admin-groups/team/members/${person.id}`);
    expect((await service.send("GET", "/admin-groups/team")).headers.get("etag")).not.toBe(group);
    const { headers } = await service.send("GET", `/admin-users/${person.id}`);
    expect(headers.get("etag")).not.toBe(user);
  });

  it("can't create what is there already, where they say that it must be new", async () => {
    const reply = await put("viewers", { name: "Mine", permissions: [] }, { "if-none-match": "*" });
    expect(reply.status).toBe(412);
  });
});

describe("somebody with some permissions", () => {
  it("can't grant those that they don't have, to anybody, in any way", async () => {
    const key = await keyWith(service, ["admin:read", "admin:write", "mails:read"]);
    const person = await createPerson(service, "pushed@example.com");
    const attempts: readonly [string, string, unknown][] = [
      ["PUT", "/admin-groups/mine", { name: "Mine", permissions: ["orders:manage"] }],
      ["PUT", "/admin-groups/viewers", { name: "Viewers", permissions: ["queues:write"] }],
      ["PUT", `/admin-groups/administrators/members/${person.id}`, undefined],
      ["PATCH", `/admin-users/${person.id}`, { groups: ["administrators"] }],
      [
        "POST",
        "/admin-users",
        { email: "new@example.com", name: "New", groups: ["administrators"] },
      ],
      ["POST", "/api-keys", { name: "more", scopes: ["mails:read", "orders:manage"] }],
    ];
    for (const [method, path, body] of attempts) {
      const reply = await service.send(method, path, body, key);
      expect([path, reply.status]).toEqual([path, 403]);
      expect(reply.body).toMatchObject({ type: "/problems/permission-denied" });
    }
    const { body } = await service.send("GET", `/admin-users/${person.id}`);
    expect(body).toMatchObject({ groups: [] });
    expect((await service.send("GET", "/admin-users?q=new@example.com")).body).toMatchObject({
      data: [],
    });
    const granted = await put("mine", { name: "Mine", permissions: ["mails:read"] }, key);
    expect(granted.status).toBe(201);
  });

  it("can't take over, weaken or remove a person who has more", async () => {
    const key = await keyWith(service, ["admin:read", "admin:write"]);
    const boss = await createPerson(service, "boss@example.com", ["administrators"]);
    const attempts: readonly [string, string, unknown][] = [
      ["PATCH", `/admin-users/${boss.id}`, { password: "a stolen account" }],
      ["PATCH", `/admin-users/${boss.id}`, { email: "thief@example.com" }],
      ["PATCH", `/admin-users/${boss.id}`, { enabled: false }],
      ["DELETE", `/admin-users/${boss.id}`, undefined],
      ["DELETE", `/admin-groups/administrators/members/${boss.id}`, undefined],
    ];
    for (const [method, path, body] of attempts) {
      expect((await service.send(method, path, body, key)).status).toBe(403);
    }
    const { body } = await service.send("GET", `/admin-users/${boss.id}`);
    expect(body).toMatchObject({
      email: "boss@example.com",
      enabled: true,
      groups: ["administrators"],
    });
    await service.send("DELETE", `/admin-users/${boss.id}`);
  });

  it("can't change anything of the administration with admin:read alone", async () => {
    const key = await keyWith(service, ["admin:read"]);
    expect((await service.send("GET", "/admin-groups", undefined, key)).status).toBe(200);
    const reply = await put("mine-too", { name: "Mine", permissions: [] }, key);
    expect(reply.status).toBe(403);
  });
});
