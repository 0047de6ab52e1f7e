import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  grantablePermissions,
  grantingPermission,
  permissionsBeyond,
  permissionsLost,
  permissionsTouched,
} from "../../../src/domain/access/grants.ts";
import { permissions } from "../../../src/domain/access/permissions.ts";

const some = fc.subarray([...permissions]);

describe("a change of a group", () => {
  it("is within a granter only if they have all that the group had and all that it gets", () => {
    fc.assert(
      fc.property(some, some, some, (granter, before, after) => {
        const may = new Set<string>(granter);
        const beyond = permissionsBeyond(may, permissionsTouched(before, after));
        expect(beyond.length === 0).toBe([...before, ...after].every((one) => may.has(one)));
        expect(beyond.filter((one) => may.has(one))).toEqual([]);
      }),
    );
  });

  it("that takes something away touches as much as one that gives it", () => {
    fc.assert(
      fc.property(some, some, (one, other) => {
        expect(permissionsTouched(one, other)).toEqual(permissionsTouched(other, one));
      }),
    );
  });
});

describe("what can be given", () => {
  it("is what those have who may give, and nothing that only others have", () => {
    const people = [["admin:write", "stock:read"], ["orders:read"], ["admin:read"]];
    const grantable = grantablePermissions(people.map((held) => new Set(held)));
    expect([...grantable].toSorted()).toEqual(["admin:write", "stock:read"]);
  });

  it("is not lost as long as each permission is left with somebody who may give", () => {
    fc.assert(
      fc.property(fc.array(some), fc.array(some), (before, after) => {
        const held = (people: string[][]) => people.map((one) => new Set(one));
        const lost = permissionsLost(
          grantablePermissions(held(before)),
          grantablePermissions(held(after)),
        );
        const isLost = (permission: string) =>
          before.some((one) => holds(one, permission)) &&
          !after.some((one) => holds(one, permission));
        expect(lost).toEqual(permissions.filter(isLost));
      }),
    );
  });

  it("is all lost with the last person who may give", () => {
    const everything = grantablePermissions([new Set(permissions)]);
    const others = permissions.filter((permission) => permission !== grantingPermission);
    const left = grantablePermissions([new Set(others)]);
    expect(permissionsLost(everything, left)).toEqual(permissions);
  });
});

function holds(held: readonly string[], permission: string): boolean {
  return held.includes(grantingPermission) && held.includes(permission);
}
