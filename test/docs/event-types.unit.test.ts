// The types of events in the docs are those that the program can write.

import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { eventTypes } from "../../src/contract/event-types.ts";
import { productEventTypes } from "../../src/db/catalogue/product-events.ts";
import { actKinds } from "../../src/domain/activity/act.ts";
import { stockEventTypes } from "../../src/domain/stock/stock-events.ts";
import { readText, tableBelow } from "./markdown.ts";

it("the table has each type once, in the words of the API's description", () => {
  const described = Object.entries(eventTypes).map(([type, happened]) => [`\`${type}\``, happened]);
  expect(tableBelow("docs/event-types.md", "Types of events")).toEqual(described);
});

it("each type is written somewhere, and no other", () => {
  const sources = readdirSync("src/db", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.startsWith("migrations"))
    .map((path) => readText(`src/db/${path}`));
  const quoted = sources.flatMap((text) =>
    [...text.matchAll(/["'`]((?:order|stock|shop|product)\.[a-z][A-Za-z]+)["'`]/g)].map(
      ([, type = ""]) => type,
    ),
  );
  const acts = ["order.cancelled", "order.refunded"];
  // The record of activity has kinds of its own.
  const kinds = new Set<string>(actKinds);
  const ofEvents = quoted.filter((type) => !kinds.has(type));
  const written = new Set([...ofEvents, ...acts, ...stockEventTypes, ...productEventTypes]);
  expect([...written].toSorted()).toEqual(Object.keys(eventTypes).toSorted());
});
