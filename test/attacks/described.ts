// Reads the OpenAPI document of a running service as attacks need it: what opens each operation, and what it takes.

import * as z from "zod";

/** A JSON schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** An operation of the document. */
export type Operation = {
  /** In capitals. */
  readonly method: string;
  /** With `{name}` for parameters, from the root. */
  readonly path: string;
  /** A session, nothing, or any one of the permissions. */
  readonly opensWith: "session" | "nothing" | readonly string[];
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  readonly body: Schema | undefined;
  /** The schemas of the replies with JSON, by their statuses. */
  readonly replies: Readonly<Record<string, Schema>>;
};

/** The document. `components` is what its references lead to. */
export type Described = { readonly operations: readonly Operation[]; readonly components: Schema };

const schema = z.looseObject({});
const content = z.record(z.string(), z.looseObject({ schema })).default({});
const operation = z.looseObject({
  description: z.string().default(""),
  security: z.array(z.record(z.string(), z.unknown())).optional(),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string(), schema })).default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content })),
});
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: schema,
});

/** Asks a service for its document. */
export async function readDescribed(url: string): Promise<Described> {
  const { paths, components } = document.parse(await (await fetch(`${url}/openapi.json`)).json());
  const operations = Object.entries(paths).flatMap(([path, atPath]) =>
    Object.entries(atPath).map(([method, one]) => operationOf(method, path, one)),
  );
  return { operations, components };
}

function operationOf(method: string, path: string, one: z.output<typeof operation>): Operation {
  const replies = Object.entries(one.responses).flatMap(([status, reply]) => {
    const described = reply.content["application/json"]?.schema;
    return described === undefined ? [] : [[status, described] as const];
  });
  return {
    method: method.toUpperCase(),
    path,
    opensWith: opensWith(one),
    query: one.parameters.filter((parameter) => parameter.in === "query"),
    body: one.requestBody?.content["application/json"]?.schema,
    replies: Object.fromEntries(replies),
  };
}

function opensWith({ security, description }: z.output<typeof operation>): Operation["opensWith"] {
  if (security !== undefined) return security.length === 0 ? "nothing" : "session";
  const [, sentence = ""] = /Needs the permission ([^.]+)\.$/.exec(description) ?? [];
  return [...sentence.matchAll(/`([^`]+)`/g)].map(([, permission = ""]) => permission);
}
