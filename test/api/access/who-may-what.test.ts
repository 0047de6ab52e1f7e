// What somebody with a part of the permissions could make of it, and what nobody can undo.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { permissions } from "../../../src/domain/access/permissions.ts";
import { createGroup, createPerson, keyWith } from "../../support/people.ts";
import { startTestApi, type TestService } from "../../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startTestApi();
});
afterAll(() => service.stop());

const without = (permission: string) => permissions.filter((one) => one !== permission);

describe("whoever has admin:write and little else", () => {
  it("can't weaken a group that grants more, to take over its members or to join it", async () => {
    const key = await keyWith(service, ["admin:read", "admin:write"]);
    await createGroup(service, "chiefs", permissions);
    const chief = await createPerson(service, "chief@example.com", ["chiefs"]);
    const own = await createPerson(service, "own@example.com");
    const before = (await service.send("GET", "/admin-groups/chiefs")).body;
    const attempts: readonly [string, string, unknown][] = [
      ["PUT", "/admin-groups/chiefs", { name: "Chiefs", permissions: ["admin:write"] }],
      ["PUT", "/admin-groups/chiefs", { name: "Chiefs", permissions: [] }],
      ["PUT", "/admin-groups/chiefs", { name: "Another name", permissions }],
      ["PUT", "/admin-groups/chiefs", { name: "Chiefs", permissions: [], members: [own.id] }],
      ["PUT", `/admin-groups/chiefs/members/${own.id}`, undefined],
      ["PATCH", `/admin-users/${chief.id}`, { password: "a stolen account" }],
      ["DELETE", "/admin-groups/chiefs", undefined],
    ];
    for (const [method, path, body] of attempts) {
      const reply = await service.send(method, path, body, key);
      expect([method, path, reply.status]).toEqual([method, path, 403]);
    }
    expect((await service.send("GET", "/admin-groups/chiefs")).body).toEqual(before);
  });

  it("can't revoke a key that may do more, and can revoke one that may not", async () => {
    const key = await keyWith(service, ["admin:read", "admin:write"]);
    const make = async (name: string, scopes: readonly string[]) => {
      const { body } = await service.send("POST", "/api-keys", { name, scopes });
      return String(Reflect.get(Object(body), "id"));
    };
    const more = await make("more", ["orders:write"]);
    const less = await make("less", ["admin:read"]);
    expect((await service.send("DELETE", `/api-keys/${more}`, undefined, key)).status).toBe(403);
    expect((await service.send("GET", `/api-keys/${more}`)).body).toMatchObject({
      revokedAt: null,
    });
    expect((await service.send("DELETE", `/api-keys/${less}`, undefined, key)).status).toBe(204);
  });
});

describe("a permission", () => {
  // The first administrator has the other permissions through the group store-managers, too.
  it("can't be lost: the last who can give it keep it, and are told why", async () => {
    const administrators = (granted: readonly string[]) =>
      service.send("PUT", "/admin-groups/administrators", {
        name: "Administrators",
        permissions: granted,
      });
    await service.send("DELETE", "/admin-groups/chiefs");
    for (const permission of ["orders:write", "queues:write", "admin:read"]) {
      const reply = await administrators(without(permission));
      expect([permission, reply.status]).toEqual([permission, 409]);
      expect(JSON.stringify(reply.body)).toContain(permission);
    }
    expect((await service.send("GET", "/admin-groups/administrators")).body).toMatchObject({
      permissions: expect.arrayContaining([...permissions]),
    });
  });

  it("can be taken from a group while somebody else can still give it, and given back by them", async () => {
    await createGroup(service, "deputies", permissions);
    const deputy = await createPerson(service, "deputy@example.com", ["deputies"]);
    const save = (granted: readonly string[]) =>
      service.send("PUT", "/admin-groups/deputies", { name: "Deputies", permissions: granted });
    expect((await save(without("queues:write"))).status).toBe(200);
    expect((await save(permissions)).status).toBe(200);
    expect((await service.send("DELETE", `/admin-users/${deputy.id}`)).status).toBe(204);
  });
});
