// The OpenAPI document, made from the same endpoints that serve the requests.

import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import * as z from "zod";
import { type NamedEndpoint, nothing } from "../http/endpoint.ts";
import type { Described, SelfServedOperation } from "./described.ts";
import { bodyExamples, pathExamples } from "./examples/examples.ts";
import { parametersOf } from "./request-headers.ts";
import { responsesOf } from "./responses.ts";
import { tagsOf } from "./tags.ts";

/** Creates the document. `version` is that of the program. */
export function createOpenApi(
  endpoints: readonly NamedEndpoint[],
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
      license: { name: "MIT", identifier: "MIT" },
      description:
        "Takes orders, never oversells, and warns the store's managers. Every refusal is an RFC 9457 problem that says what was expected and what came; its `type` is a page below /problems. After a 500 or 503 a change may have been made or not. A 503 has a Retry-After header with the seconds to wait.",
    },
    servers: [{ url: "/", description: "This service" }],
    tags: tagsOf([...endpoints, ...selfServed]),
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
  const { pathSchema, querySchema, description = "", permission } = described;
  const { orPermissions = [] } = described;
  const or = orPermissions.map((other) => ` or \`${other}\``).join("");
  const needs = permission === undefined ? "" : `Needs the permission \`${permission}\`${or}.`;
  return {
    operationId: described.operationId,
    tags: [described.tag],
    summary: described.summary,
    description: `${description}\n\n${needs}`.trim(),
    requestParams: {
      ...(pathSchema instanceof z.ZodObject ? { path: withExamples(described, pathSchema) } : {}),
      ...(querySchema instanceof z.ZodObject ? { query: querySchema } : {}),
      header: parametersOf(described.headers ?? []),
    },
    ...bodyOf(described),
    responses: responsesOf(described),
  };
}

/** The parameters of a path, each with its values in the examples. */
function withExamples({ operationId }: Described, pathSchema: z.ZodObject): z.ZodObject {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, schema] of Object.entries(pathSchema.shape)) {
    if (!(schema instanceof z.ZodType)) continue;
    const examples = pathExamples(operationId, name);
    shape[name] = schema.meta({ ...schema.meta(), param: { examples } });
  }
  return z.object(shape);
}

/** The body of a request, if there is one. It may be left out if its schema is optional. */
function bodyOf({ operationId, bodySchema }: Described) {
  if (bodySchema === undefined || bodySchema === nothing) return {};
  const isOptional = bodySchema instanceof z.ZodOptional;
  const schema = isOptional ? bodySchema.unwrap() : bodySchema;
  if (!(schema instanceof z.ZodType)) return {};
  const content = { "application/json": { schema, examples: bodyExamples(operationId) } };
  return { requestBody: { required: !isOptional, content } };
}
