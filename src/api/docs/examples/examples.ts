// All examples of the OpenAPI document, with the replies to them.

import { administrationExamples } from "./administration.ts";
import { catalogueExamples } from "./catalogue.ts";
import type { Examples, IdOf, RequestExample } from "./example.ts";
import { orderExamples } from "./orders.ts";
import recorded from "./replies.json" with { type: "json" };
import { stockExamples } from "./stock.ts";
import { webhookExamples } from "./webhooks.ts";

/** The examples, in the order in which a test sends them: an order is placed before it is paid. */
export const examples: Examples = {
  ...orderExamples,
  ...stockExamples,
  ...catalogueExamples,
  ...administrationExamples,
  ...webhookExamples,
};

/** The replies of the service, by operationId and example. `test/api/docs/examples.test.ts` records those that are missing. */
export const replies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = recorded;

type Shown = { readonly summary: string; readonly value: unknown };

/** The values of an operation's examples that have one, for the document. */
function shownOf(
  operationId: string,
  valueOf: (example: RequestExample, name: string) => unknown,
): Record<string, Shown> {
  const all: Record<string, Shown> = {};
  for (const [name, example] of Object.entries(examples[operationId] ?? {})) {
    const value = valueOf(example, name);
    if (value !== undefined) all[name] = { summary: example.summary, value };
  }
  return all;
}

/** The examples of a parameter of an operation's path. */
export const pathExamples = (operationId: string, parameter: string): Record<string, Shown> =>
  shownOf(operationId, ({ path }) => {
    const value = path?.[parameter];
    return typeof value === "object" ? recordedId(value) : value;
  });

/** The examples of an operation's body. */
export const bodyExamples = (operationId: string): Record<string, Shown> =>
  shownOf(operationId, ({ body }) => body);

/** The examples of an operation's reply with a status: JSON, or texts of another content type. */
export const replyExamples = (
  operationId: string,
  status: number,
  contentType: string,
): Record<string, Shown> =>
  shownOf(operationId, (example, name) => {
    const value = replies[operationId]?.[name];
    const isJson = contentType === "application/json";
    return example.status === status && (typeof value !== "string") === isJson ? value : undefined;
  });

function recordedId({ idOf: [operationId, name] }: IdOf): string {
  return idIn(replies[operationId]?.[name]) ?? "";
}

/** The id that a reply has, or that its first entry has. */
export function idIn(reply: unknown): string | undefined {
  if (typeof reply !== "object" || reply === null) return undefined;
  if ("id" in reply && typeof reply.id === "string") return reply.id;
  if ("mail" in reply && typeof reply.mail === "string") return reply.mail;
  return "data" in reply && Array.isArray(reply.data) ? idIn(reply.data[0]) : undefined;
}
