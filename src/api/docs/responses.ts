// The responses of the OpenAPI document: those that an operation names, and those that every operation can give.

import type {
  ZodOpenApiMediaTypeObject,
  ZodOpenApiResponseObject,
  ZodOpenApiResponsesObject,
} from "zod-openapi";
import * as z from "zod";
import { type ProblemKind, problemTypeOf } from "../../contract/problem.ts";
import type { DocumentedReply } from "../http/endpoint.ts";
import type { Described } from "./described.ts";
import { replyExamples } from "./examples/examples.ts";
import { exampleOf } from "./problems-router.ts";
import { kindsOf, refusalsOf, reused, usualKinds } from "./refusals.ts";

const problemShape = {
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().optional().meta({
    description:
      "Which rule refused it, if the type does not say so alone, such as `type-in-use`. Some codes come with their facts.",
  }),
  errors: z
    .array(z.looseObject({ pointer: z.string(), detail: z.string() }))
    .optional()
    .meta({ description: "The errors, each with its place." }),
  requestId: z.string().optional().meta({ description: "The X-Request-Id of the answer." }),
};

const requestId = {
  "X-Request-Id": z.string().optional().meta({
    description: "The request's own id, if it has 1 to 128 visible ASCII characters, or a new one.",
  }),
};

/** Requests with a key have them, and those that are counted as logins. */
const rateLimit = {
  "RateLimit-Policy": z
    .string()
    .optional()
    .meta({
      description:
        'The limits that the request was counted by, each with its name: `q` requests in `w` seconds. `"key"` is that of an API key. A login has those of failed logins.',
      examples: ['"key";q=20000;w=1'],
    }),
  RateLimit: z
    .string()
    .optional()
    .meta({
      description:
        "What is left of these limits at the process that answers: `r` requests, and all of them again in at most `t` seconds. With several processes more may be let through.",
      examples: ['"key";r=19999;t=1'],
    }),
};

/** The headers that any answer can have. */
const common = { ...requestId, ...rateLimit };

/** The schema of the problems of these kinds. */
function problemSchema(kinds: readonly ProblemKind[]) {
  return z.looseObject({ type: z.enum(kinds.map(problemTypeOf)), ...problemShape });
}

const retryAfter = z.int().meta({ description: "In how many seconds to send it again." });

/** The headers of a refusal, by its status. */
const headersOf: Readonly<Record<number, z.ZodObject>> = {
  401: z.object({ ...common, "WWW-Authenticate": z.string().optional() }),
  429: z.object({ ...common, "Retry-After": retryAfter.optional() }),
  503: z.object({ ...common, "Retry-After": retryAfter }),
};

function refusal(
  status: number,
  description: string,
  kinds: readonly ProblemKind[],
): ZodOpenApiResponseObject {
  const [first] = kinds;
  const example = first === undefined ? {} : { example: exampleOf(first) };
  return {
    description,
    headers: headersOf[status] ?? z.object(common),
    content: { "application/problem+json": { schema: problemSchema(kinds), ...example } },
  };
}

/** The responses that need no words of their own. They are components, so that the document has each once. */
const shared = Object.fromEntries(
  Object.entries({
    400: ["InvalidRequest", "The request could not be read."],
    401: ["Unauthenticated", "No valid key or login."],
    403: ["Forbidden", "The permission is missing, or a page of another site sent the request."],
    409: ["KeyReused", "The Idempotency-Key came with another request before."],
    412: ["StaleVersion", "It is not in the version that If-Match names."],
    413: ["TooLarge", "The body is too large."],
    415: ["UnsupportedMediaType", "The body is not JSON in UTF-8."],
    422: ["ValidationFailed", "A value of the request is not valid; nothing was done."],
    429: ["TooManyRequests", "Too many requests, or too many failed attempts."],
    500: ["InternalError", "A fault of the service. A change may have been made or not."],
    503: ["Unavailable", "The service can't answer now. A change may have been made or not."],
  } as const).map(([status, [id, description]]) => {
    const kinds = id === "KeyReused" ? reused : (usualKinds[Number(status)] ?? []);
    return [status, { id, ...refusal(Number(status), description, kinds) }];
  }),
);

/** Every response of an operation. */
export function responsesOf(described: Described): ZodOpenApiResponsesObject {
  const { replies } = described;
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const status of refusalsOf(described)) {
    const response = shared[status];
    if (response !== undefined) responses[status] = response;
  }
  for (const [name, reply] of Object.entries(replies)) {
    const { description, problems } = reply;
    const status = Number(name);
    if (status >= 400) {
      responses[name] = refusal(status, description, kindsOf(described, status, problems));
    } else {
      const content = contentOf(described, status, reply);
      responses[name] = { description, headers: replyHeaders(described, status), ...content };
    }
  }
  return responses;
}

/** A text of another type than JSON, whose form a schema can't say. */
const text = z.string();

/** The content of a successful reply, in each of its forms, with the examples. */
function contentOf(
  { operationId }: Described,
  status: number,
  { schema, contentType }: DocumentedReply,
) {
  const content: Record<string, ZodOpenApiMediaTypeObject> = {};
  const add = (type: string, form: z.ZodType): void => {
    content[type] = { schema: form, examples: replyExamples(operationId, status, type) };
  };
  if (schema !== undefined) add("application/json", schema);
  if (contentType !== undefined) add(contentType, text);
  return Object.keys(content).length === 0 ? {} : { content };
}

/** The headers of a successful reply. */
function replyHeaders({ headers = [] }: Described, status: number): z.ZodObject {
  return z.object({
    ...common,
    ...(status === 201 || status === 202
      ? { Location: z.string().optional().meta({ description: "The address of the resource." }) }
      : {}),
    ...(headers.includes("if-match")
      ? { ETag: z.string().optional().meta({ description: "Its version, for If-Match." }) }
      : {}),
    ...(headers.includes("prefer")
      ? {
          "Preference-Applied": z
            .string()
            .optional()
            .meta({ description: "`wait`, if it waited." }),
        }
      : {}),
  });
}
