// Permissions in the docs are those that the code knows.

import { expect, it } from "vitest";
import { permissions } from "../../src/domain/access/permissions.ts";
import { permissionWords } from "../../src/admin/settings/permission-words.ts";
import { codeIn, markdownFiles, readText, tableBelow } from "./markdown.ts";

it("the table in Operations has each permission once, in the words of the admin app", () => {
  const inWords = permissions.map((permission) => {
    const words = permissionWords[permission];
    return [`\`${permission}\``, `${words.charAt(0).toLowerCase()}${words.slice(1)}`];
  });
  expect(tableBelow("docs/operations.md", "Permissions")).toEqual(inWords);
});

it("no document names a permission that does not exist", () => {
  const known = new Set<string>(permissions);
  const named = markdownFiles().flatMap((path) =>
    codeIn(readText(path)).filter((code) => /^[a-z]+:(read|write|manage)$/.test(code)),
  );
  expect(named.length).toBeGreaterThan(permissions.length);
  expect(named.filter((code) => !known.has(code))).toEqual([]);
});
