// Requests at random against every operation of the OpenAPI document.

import * as fc from "fast-check";
import type { Got, Sent } from "./attacked-service.ts";
import { arbitraryOf, type Known } from "./arbitrary-body.ts";
import type { Described, Operation } from "./described.ts";
import { hostileHeaders, hostileTexts, sentBodies } from "./hostile-bodies.ts";

/** A request, with what it attacks. */
export type Attack = {
  readonly operation: Operation;
  readonly sent: Sent;
  /** What is hostile in it. */
  readonly kind: string;
};

/** An attack and its answer. */
export type Outcome = { readonly attack: Attack; readonly got: Got };

/** Headers that let a request in, for operations that need a permission and for those of an own account. */
export type Credentials = Readonly<Record<"key" | "session", Readonly<Record<string, string>>>>;

/** What attacks are made of. */
export type Arms = {
  readonly described: Described;
  readonly known: Known;
  readonly credentials: Credentials;
};

/** Writes of every operation that has a body, and a few of those that have none. */
export function writesAtRandom(arms: Arms): fc.Arbitrary<Attack> {
  const writes = arms.described.operations.filter(
    ({ method, path }) => method !== "GET" && !endsOwnSession(method, path),
  );
  return fc.oneof(
    ...writes.map((operation) => ({
      // Those of an own account end in 429 after a few guesses, whatever they are.
      weight: operation.body === undefined || operation.path.includes("/session") ? 1 : 5,
      arbitrary: writeAtRandom(operation, arms),
    })),
  );
}

/** These would leave the attacker without a session. */
function endsOwnSession(method: string, path: string): boolean {
  return method === "DELETE" && path.startsWith("/api/v1/session");
}

function writeAtRandom(operation: Operation, arms: Arms): fc.Arbitrary<Attack> {
  const { described, known } = arms;
  const valid =
    operation.body === undefined
      ? fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, fc.jsonValue({ maxDepth: 1 }))
      : arbitraryOf(bodySchema(operation, described), described, known);
  return fc
    .tuple(addressAtRandom(operation, known), sentBodies(valid), sometimes(hostileHeaders))
    .map(([path, body, headers]) => ({
      operation,
      kind: body.kind,
      sent: {
        method: operation.method,
        path,
        headers: {
          "content-type": "application/json",
          ...headers,
          ...body.headers,
          ...credential(operation, arms),
        },
        bytes: body.bytes,
      },
    }));
}

/** The document leaves the orders of a bulk open, since each is refused by itself. */
function bodySchema({ path, body = {} }: Operation, { operations }: Described) {
  if (path !== "/api/v1/orders/bulk") return body;
  const order = operations.find((one) => one.path === "/api/v1/orders" && one.method === "POST");
  const orders = { type: "array", minItems: 1, maxItems: 1_000, items: order?.body ?? {} };
  return { type: "object", properties: { orders }, required: ["orders"] };
}

/** Reads of every operation: usual and hostile values in every parameter, parameters twice, and unknown ones. */
export function readsAtRandom(arms: Arms): fc.Arbitrary<Attack> {
  const reads = arms.described.operations.filter(({ method }) => method === "GET");
  return fc.oneof(...reads.map((operation) => readAtRandom(operation, arms)));
}

function readAtRandom(operation: Operation, arms: Arms): fc.Arbitrary<Attack> {
  const { described, known } = arms;
  const usual = operation.query.map(({ name, schema }) =>
    arbitraryOf(schema, described, known).map((value) => `${name}=${inAddress(String(value))}`),
  );
  const names = [
    ...operation.query.map(({ name }) => name),
    "unknown",
    "__proto__",
    "a[b]",
    "%00",
    "",
  ];
  const hostile = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...encodedTexts))
    .map(([name, text]) => `${name}=${text}`);
  const query = fc.array(fc.oneof(hostile, ...usual), { maxLength: 4 });
  return fc
    .tuple(addressAtRandom(operation, known), query, sometimes(hostileHeaders))
    .map(([path, parts, headers]) => ({
      operation,
      kind: parts.join("&").slice(0, 200),
      sent: {
        method: "GET",
        path: parts.length === 0 ? path : `${path}?${parts.join("&")}`,
        headers: { ...headers, ...credential(operation, arms) },
      },
    }));
}

function credential({ opensWith }: Operation, { credentials }: Arms) {
  return opensWith === "session" ? credentials.session : credentials.key;
}

const sometimes = (headers: fc.Arbitrary<Readonly<Record<string, string>>>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, headers);

/** Which values of the store a parameter of a path can have, if its name does not say. */
const places: Readonly<Record<string, string>> = {
  "/orders/{id}": "order",
  "/mails/{id}": "mail",
  "/webhooks/{id}": "webhook",
  "/api-keys/{id}": "key",
  "/admin-users/{id}": "person",
  "/admin-groups/{code}": "group",
  "/product-types/{code}": "type",
  "/mail-templates/{code}": "template",
  "/products/{sku}": "product",
  "/receipts/{reference}": "receipt",
  "/expected-deliveries/{reference}": "delivery",
};

function addressAtRandom({ path }: Operation, known: Known): fc.Arbitrary<string> {
  const parts = path.split(/(\/[^/]+\/\{\w+\})/).map((part) => {
    const [, fixed, name] = /^(\/[^/]+\/)\{(\w+)\}$/.exec(part) ?? [];
    if (fixed === undefined || name === undefined) return fc.constant(part);
    const values = known[places[part] ?? name] ?? ["x"];
    return fc
      .oneof(
        { weight: 6, arbitrary: fc.constantFrom(...values).map((one) => inAddress(String(one))) },
        fc.constantFrom(...encodedTexts.filter((text) => text !== "")),
      )
      .map((text) => `${fixed}${text}`);
  });
  return fc.tuple(...parts).map((texts) => texts.join(""));
}

const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 4_000);

/** Hostile texts as they stand in an address: some are no UTF-8, and can't be written otherwise. */
const encodedTexts: readonly string[] = [
  ...hostileTexts.map(inAddress),
  "%ED%A0%80",
  "%FF",
  "%F0%9F",
  "%C0%AF",
  "%",
  "%2",
  "..",
  "..%2f..",
  "%2e%2e",
  "+",
  ";",
  "a,b,c",
  "bWUi",
  "W10",
];
