import { describe, expect, it } from "vitest";
import { grantsInWords, permissionAreas } from "../../../src/admin/settings/permission-words.ts";
import { permissions } from "../../../src/domain/access/permissions.ts";

describe("permissions in words", () => {
  it("show every permission in one area", () => {
    expect(permissionAreas.flatMap((area) => area.permissions).toSorted()).toEqual(
      permissions.toSorted(),
    );
  });

  it("say in a line what a group may change, and what it may only read", () => {
    expect(grantsInWords(["catalogue:read", "catalogue:write", "orders:read"])).toBe(
      "Changes products; reads orders",
    );
    expect(grantsInWords(["stock:read", "orders:read", "events:read"])).toBe(
      "Reads stock, orders, and all changes",
    );
    expect(grantsInWords([])).toBe("No permissions");
    expect(grantsInWords([...permissions])).toBe("May do everything");
  });
});
