// The OpenAPI document, made from the same endpoints that serve the requests.

import {
  createDocument,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import * as z from "zod";
import { type Endpoint, nothing } from "../http/endpoint.ts";

/** The schema of every refusal. */
const problem = z
  .object({
    type: z.string().meta({ example: "/problems/validation-failed" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.looseObject({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: "The errors, each with its place." }),
  })
  .loose()
  .meta({ id: "Problem", description: "An RFC 9457 problem." });

/** The description of an operation. */
type Described = Pick<Endpoint, "method" | "path" | "tag" | "summary" | "replies"> &
  Partial<
    Pick<
      Endpoint,
      "description" | "permission" | "orPermission" | "bodySchema" | "pathSchema" | "querySchema"
    >
  > & { readonly opensWith?: "session" | "nothing" };

/** An operation that needs no permission: it is open to every session, or to everybody. */
export type SelfServedOperation = Omit<Described, "permission"> &
  Required<Pick<Described, "opensWith">>;

/** Creates the document. `version` is that of the program. */
export function createOpenApi(
  endpoints: readonly Endpoint[],
  selfServed: readonly SelfServedOperation[],
  version: string,
) {
  const paths: ZodOpenApiPathsObject = {};
  const add = (described: Described, more: object): void => {
    const path = `/api/v1${described.path.replaceAll(/:(\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [described.method]: { ...operationOf(described), ...more } };
  };
  for (const endpoint of endpoints) add(endpoint, {});
  for (const operation of selfServed) {
    add(operation, { security: operation.opensWith === "session" ? [{ session: [] }] : [] });
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tallyman",
      version,
      description:
        "Takes orders, never oversells, and warns the store's managers. Every refusal is an RFC 9457 problem that says what was expected and what came. After a 500 or 503 a change may have been made or not. A 503 has a Retry-After header with the seconds to wait.",
    },
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key: `Authorization: Bearer tm_…`",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "tallyman_session",
          description:
            "The cookie of a login (`POST /session`). Over TLS its name is `__Host-tallyman_session`.",
        },
      },
    },
    security: [{ apiKey: [] }, { session: [] }],
  });
}

function operationOf(described: Described) {
  const { bodySchema, pathSchema, querySchema, description = "", permission } = described;
  const { orPermission } = described;
  const or = orPermission === undefined ? "" : ` or \`${orPermission}\``;
  const needs = permission === undefined ? "" : `Needs the permission \`${permission}\`${or}.`;
  return {
    tags: [described.tag],
    summary: described.summary,
    description: `${description}\n\n${needs}`.trim(),
    requestParams: {
      ...(pathSchema instanceof z.ZodObject ? { path: pathSchema } : {}),
      ...(querySchema instanceof z.ZodObject ? { query: querySchema } : {}),
    },
    ...bodyOf(bodySchema),
    responses: responsesOf(described),
  };
}

/** The body of a request, if there is one. It may be left out if its schema is optional. */
function bodyOf(bodySchema: z.ZodType | undefined) {
  if (bodySchema === undefined || bodySchema === nothing) return {};
  const isOptional = bodySchema instanceof z.ZodOptional;
  const schema = isOptional ? bodySchema.unwrap() : bodySchema;
  if (!(schema instanceof z.ZodType)) return {};
  return { requestBody: { required: !isOptional, content: { "application/json": { schema } } } };
}

function responsesOf({
  replies,
  permission,
  opensWith = "nothing",
}: Described): ZodOpenApiResponsesObject {
  const problemContent = { "application/problem+json": { schema: problem } };
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, schema }] of Object.entries(replies)) {
    const content = schema && { "application/json": { schema } };
    const isProblem = Number(status) >= 400;
    Object.assign(responses, {
      [status]: {
        description,
        ...(isProblem ? { content: problemContent } : content && { content }),
      },
    });
  }
  const refusals = permission === undefined ? selfServedRefusals[opensWith] : permittedRefusals;
  for (const [status, description] of Object.entries(refusals)) {
    if (!(status in replies))
      Object.assign(responses, { [status]: { description, content: problemContent } });
  }
  return responses;
}

/** The refusals that every operation can reply with. */
const permittedRefusals = { 401: "No valid key or login.", 403: "The permission is missing." };
const fromElsewhere =
  "A page of another site sent the request, or a password must be chosen first.";
const selfServedRefusals = {
  session: { 401: "There is no session.", 403: fromElsewhere },
  nothing: { 403: fromElsewhere },
};
