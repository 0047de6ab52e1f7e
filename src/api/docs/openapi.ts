// The OpenAPI document, made from the same endpoints that serve the requests.

import {
  createDocument,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import * as z from "zod";
import type { Endpoint } from "../http/endpoint.ts";

/** The refusal that every endpoint may answer with. */
const problem = z
  .object({
    type: z.string().meta({ example: "urn:tallyman:problem:validation-failed" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.looseObject({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: "What is wrong, place by place." }),
  })
  .loose()
  .meta({ id: "Problem", description: "An RFC 9457 problem." });

/** Makes the document. `version` is the program's. */
export function createOpenApi(endpoints: readonly Endpoint[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = `/api/v1${endpoint.path.replaceAll(/:(\w+)/g, "{$1}")}`;
    paths[path] = { ...paths[path], [endpoint.method]: operationOf(endpoint) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tallyman",
      version,
      description:
        "Takes orders, never oversells, and warns the store's managers. Every refusal is an RFC 9457 problem that names what was expected and what came. A 500 or 503 does not tell whether a change was made: a 503 names in Retry-After when to ask again.",
    },
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description: "An API key: `Authorization: Bearer tm_…`",
        },
        session: { type: "apiKey", in: "cookie", name: "tallyman_session" },
      },
    },
    security: [{ apiKey: [] }, { session: [] }],
  });
}

function operationOf(endpoint: Endpoint) {
  const { bodySchema, pathSchema, querySchema } = endpoint;
  return {
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description:
      `${endpoint.description ?? ""}\n\nNeeds the permission \`${endpoint.permission}\`.`.trim(),
    requestParams: {
      ...(pathSchema instanceof z.ZodObject ? { path: pathSchema } : {}),
      ...(querySchema instanceof z.ZodObject ? { query: querySchema } : {}),
    },
    ...(bodySchema instanceof z.ZodObject ||
    bodySchema instanceof z.ZodUnion ||
    bodySchema instanceof z.ZodIntersection
      ? { requestBody: { content: { "application/json": { schema: bodySchema } } } }
      : {}),
    responses: responsesOf(endpoint),
  };
}

function responsesOf(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const problemContent = { "application/problem+json": { schema: problem } };
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, { description, schema }] of Object.entries(endpoint.replies)) {
    const content = schema && { "application/json": { schema } };
    const isProblem = Number(status) >= 400;
    Object.assign(responses, {
      [status]: {
        description,
        ...(isProblem ? { content: problemContent } : content && { content }),
      },
    });
  }
  return {
    ...responses,
    "401": { description: "No valid key or login.", content: problemContent },
    "403": { description: "The permission is missing.", content: problemContent },
  };
}
