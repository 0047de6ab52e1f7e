// Every text that a request can hold, found in the OpenAPI document: none may take NUL, which PostgreSQL can't store,
// or half of a character, which UTF-8 can't hold and which would be stored as another one.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { faultsIn } from "../support/answers.ts";
import { startTestApi, type TestService } from "../support/service.ts";

const node = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
});
type Node = z.output<typeof node>;
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});
const operation = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), schema: z.unknown() }))
    .default([]),
  requestBody: z
    .looseObject({ content: z.record(z.string(), z.looseObject({ schema: z.unknown() })) })
    .optional(),
});

let service: TestService;
let described: z.output<typeof document>;
beforeAll(async () => {
  service = await startTestApi();
  described = document.parse(await (await fetch(`${service.url}/openapi.json`)).json());
});
afterAll(() => service.stop());

/** Every string in a schema, with where it stands. */
function* stringsIn(value: unknown, place: string): Generator<[place: string, schema: Node]> {
  const { data: schema } = node.safeParse(value);
  if (schema === undefined) return;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    yield* stringsIn(described.components.schemas[name], place);
    return;
  }
  if ([schema.type].flat().includes("string")) yield [place, schema];
  for (const key of ["items", "additionalProperties", "propertyNames"]) {
    yield* stringsIn(schema[key], `${place}/${key}`);
  }
  const { data: properties = {} } = z
    .record(z.string(), z.unknown())
    .safeParse(schema["properties"]);
  for (const [name, one] of Object.entries(properties)) yield* stringsIn(one, `${place}/${name}`);
  for (const key of ["anyOf", "oneOf", "allOf"]) {
    const { data: ways = [] } = z.array(z.unknown()).safeParse(schema[key]);
    for (const way of ways) yield* stringsIn(way, place);
  }
}

/** The patterns of a string: its own, and those of its allOf. */
function patternsOf(schema: Node): string[] {
  const { data: more = [] } = z.array(node).safeParse(schema["allOf"]);
  return [schema, ...more].flatMap(({ pattern }) => pattern ?? []);
}

const hostile = ["a\0b", "a\ud800b", "\udc00"];

/** What is never stored as it came, or is read by a reader of its own. */
const exempt = /password$|\/csv$|\?cursor$/i;

describe("a text of a request", () => {
  it("takes neither NUL nor half a character, wherever it stands", () => {
    const open: string[] = [];
    let looked = 0;
    for (const [path, methods] of Object.entries(described.paths)) {
      for (const [method, value] of Object.entries(methods)) {
        const { parameters, requestBody } = operation.parse(value);
        const bodies = Object.values(requestBody?.content ?? {});
        const parts = [
          // No header can have such a character: Node closes the connection.
          ...parameters
            .filter((one) => one.in !== "header")
            .map(({ name, schema }) => [`?${name}`, schema] as const),
          ...bodies.map(({ schema }) => ["", schema] as const),
        ];
        for (const [part, partSchema] of parts) {
          for (const [place, schema] of stringsIn(partSchema, `${method} ${path} ${part}`)) {
            looked += 1;
            const isClosed =
              schema["enum"] !== undefined ||
              schema["const"] !== undefined ||
              schema.format !== undefined ||
              hostile.every((text) =>
                patternsOf(schema).some((pattern) => !new RegExp(pattern, "u").test(text)),
              );
            if (!isClosed && !exempt.test(place.split(" ").slice(1).join(" "))) open.push(place);
          }
        }
      }
    }
    expect(looked).toBeGreaterThan(80);
    expect(open).toEqual([]);
  });

  it("is refused with its place, as in the note of an order", async () => {
    await service.send("PUT", "/products/MUG", { name: "Mug", unitsInStock: 5 });
    for (const note of hostile) {
      const order = { reference: "N-1", lines: [{ sku: "MUG", quantity: 1 }], note };
      const answer = await service.send("POST", "/orders", order);
      expect(answer.status).toBe(422);
      expect(faultsIn(answer)["/note"]).toMatch(/^Expected text without NUL/);
    }
  });
});

describe("a number of a request", () => {
  it.each([0, -1, 1_000_001, 1.5, "1", null])("%j is told the whole range", async (quantity) => {
    const order = { reference: "N-2", lines: [{ sku: "MUG", quantity }] };
    const answer = await service.send("POST", "/orders", order);
    expect(faultsIn(answer)["/lines/0/quantity"]).toMatch(
      /^Expected a whole number from 1 to 1,000,000; got .*\.$/,
    );
  });

  it("is told in an address, too", async () => {
    for (const limit of ["0", "x", "1.5", "201"]) {
      const answer = await service.send("GET", `/orders?limit=${limit}`);
      expect(faultsIn(answer)["limit"]).toMatch(/^Expected a whole number from 1 to 200; got /);
    }
  });
});
