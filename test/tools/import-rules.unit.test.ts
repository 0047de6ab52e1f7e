import { describe, expect, it } from "vitest";
import {
  findCircles,
  findForbidden,
  readImports,
  roomOf,
  type SourceFile,
} from "../../tools/import-rules.ts";
import { rooms } from "../../tools/rooms.ts";
import { readSourceFiles } from "../../tools/source-files.ts";

const file = (path: string, ...lines: string[]): SourceFile => ({ path, text: lines.join("\n") });
const faultsOf = (...files: SourceFile[]): string[] => findForbidden(readImports(files), rooms);

describe("the tree", () => {
  const files = readSourceFiles(`${import.meta.dirname}/../..`);
  const imports = readImports(files);

  it("is read whole: every room has files, and the way from main to the domain is found", () => {
    const found = new Set(files.map(({ path }) => roomOf(path)));
    expect([...found].toSorted()).toEqual(Object.keys(rooms).toSorted());
    expect(imports).toContainEqual({
      from: "src/main.ts",
      to: "src/process/run.ts",
      isPackage: false,
    });
  });

  it("has no import that the table does not allow", () => {
    expect(findForbidden(imports, rooms)).toEqual([]);
  });

  it("has no circle, of types neither", () => {
    expect(findCircles(imports)).toEqual([]);
  });

  it("uses every arrow of the table; tests may use all", () => {
    const used = new Set(imports.map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`));
    const { test: _test, ...others } = rooms;
    const unused = Object.entries(others).flatMap(([name, room]) =>
      room.imports.map((to) => `${name} -> ${to}`).filter((arrow) => !used.has(arrow)),
    );
    expect(unused).toEqual([]);
  });
});

describe("the table", () => {
  it("has no way back up", () => {
    const arrows = Object.entries(rooms).flatMap(([from, room]) =>
      room.imports.map((to) => ({ from, to, isPackage: false })),
    );
    expect(findCircles(arrows)).toEqual([]);
  });
});

describe("an import that is not allowed", () => {
  it.each([
    ['import { sql } from "../../db/sql.ts";', "src/db/sql.ts"],
    ['import type { Sql } from "../../db/sql.ts";', "src/db/sql.ts"],
    ['export { sql } from "../../db/sql.ts";', "src/db/sql.ts"],
    ['import "../../db/sql.ts";', "src/db/sql.ts"],
    ['const { sql } = await import("../../db/sql.ts");', "src/db/sql.ts"],
    ['type Sql = import("../../db/sql.ts").Sql;', "src/db/sql.ts"],
    ['import {\n  sql,\n} from "../../db/sql.ts";', "src/db/sql.ts"],
    ['import { readFileSync } from "node:fs";', "node:fs"],
  ])("is found in the domain: %s", (line, target) => {
    const faults = faultsOf(file("src/domain/order/plan-order.ts", line));
    expect(faults).toEqual([expect.stringContaining(target)]);
  });

  it("is found in every room, the admin app, the commands and the bench included", () => {
    const faults = faultsOf(
      file("src/admin/orders/order-page.tsx", 'import { sql } from "../../db/sql.ts";'),
      file(
        "src/cli/audit-command.ts",
        'import { healthRouter } from "../health/health-router.ts";',
      ),
      file("bench/run.ts", 'import { App } from "../src/admin/app.tsx";'),
      file("tools/rooms.ts", 'import { start } from "../src/process/start.ts";'),
    );
    expect(faults).toHaveLength(4);
  });

  it("is any import of a file that is in no room", () => {
    expect(faultsOf(file("src/helpers.ts", 'import { join } from "node:path";'))).toEqual([
      expect.stringContaining("src/helpers.ts is in no room"),
    ]);
  });
});

describe("an import that is allowed", () => {
  it("is one within the room, one of the table, and a text that only looks like an import", () => {
    const faults = faultsOf(
      file(
        "src/contract/orders.ts",
        'import * as z from "zod";',
        'import { orderStatuses } from "../domain/order/order-status.ts";',
        'import { skuSchema } from "./sku.ts";',
        'const moves = z.enum(["from"]).default("from");',
      ),
    );
    expect(faults).toEqual([]);
  });
});

describe("a circle", () => {
  it("is found, of types too, and told as the files on the way", () => {
    const imports = readImports([
      file("src/flow/a.ts", 'import { b } from "./b.ts";'),
      file("src/flow/b.ts", 'import type { C } from "./c.ts";'),
      file("src/flow/c.ts", 'import { a } from "./a.ts";'),
    ]);
    expect(findCircles(imports)).toEqual([["src/flow/a.ts", "src/flow/b.ts", "src/flow/c.ts"]]);
  });

  it("is not two ways to one file", () => {
    const imports = readImports([
      file("src/flow/a.ts", 'import "./b.ts";', 'import "./c.ts";'),
      file("src/flow/b.ts", 'import "./d.ts";'),
      file("src/flow/c.ts", 'import "./d.ts";'),
    ]);
    expect(findCircles(imports)).toEqual([]);
  });
});
