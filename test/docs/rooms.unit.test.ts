// The architecture page's drawing and table of rooms, against the table that imports are checked by.

import { expect, it } from "vitest";
import { type Room, rooms } from "../../tools/rooms.ts";
import { readText, tableBelow } from "./markdown.ts";

const page = "docs/architecture.md";
const table: [string, Room][] = Object.entries(rooms);

it("lists each room with what it holds and imports", () => {
  const expected = table.map(([name, { holds, imports }]) => [
    `\`${name}\``,
    holds,
    name === "test" ? "every room" : imports.map((to) => `\`${to}\``).join(", ") || "nothing",
  ]);
  expect(tableBelow(page, "Rooms")).toEqual(expected);
});

it("says truly that tests may import every room", () => {
  const others = Object.keys(rooms).filter((name) => name !== "test");
  expect([...rooms.test.imports].toSorted()).toEqual(others.toSorted());
});

it("draws every room of src, each above all that it imports", () => {
  const drawing = /```text\n([^]*?)```/.exec(readText(page))?.[1] ?? "";
  const rows = drawing.trim().split("\n");
  const rowOf = new Map(rows.flatMap((row, index) => row.split(/ +/).map((name) => [name, index])));
  const beside = new Set(["test", "bench", "tools", "bin", "client"]);
  const drawn = table.filter(([name]) => !beside.has(name));
  expect([...rowOf.keys()].toSorted()).toEqual(drawn.map(([name]) => name).toSorted());
  const upward = drawn.flatMap(([name, { imports }]) =>
    imports.filter((to) => (rowOf.get(to) ?? -1) <= (rowOf.get(name) ?? 0)).map((to) => [name, to]),
  );
  expect(upward).toEqual([]);
});
