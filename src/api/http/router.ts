// Turns endpoints into routes that authenticate the caller, check the permission, read the body and send the reply.

import { type Request, type RequestHandler, type Response, Router } from "express";
import { Refused } from "../../db/refused.ts";
import { withinRequest } from "../../db/request-scope.ts";
import type { Tracing } from "../../flow/tracing.ts";
import type { OnAnswer } from "../../health/http-metrics.ts";
import { noteActor } from "../auth/access-log.ts";
import type { Actor } from "../auth/actor.ts";
import { permissionDenied } from "../auth/permission-denied.ts";
import type { Endpoint, Reply } from "./endpoint.ts";
import { originOf } from "./origin-of.ts";
import { plainHeaders } from "./plain-headers.ts";
import { Problem } from "./problem.ts";
import { staleVersion } from "./problem-of-refusal.ts";
import { addRateLimit } from "./rate-limit.ts";
import { type BodyReader, jsonBody } from "./read-body.ts";
import { createStreamSender, type SendStream } from "./send-stream.ts";
import { requestIdHeader, requestIdOf } from "./request-id.ts";
import { measured, traceOf } from "./request-times.ts";

/** Resolves with the caller of a request, or with null if it has no valid key or session. */
export type Authenticate = (request: Request) => Promise<Actor | null>;

/** The default for an endpoint's largest body, in bytes. */
const bodyBytesMax = 1_000_000;

/**
 * Builds the router of the endpoints, to be mounted at the root. It passes other requests on. Each route has its whole
 * path: Express would remove a mount path such as `/api/v1` from each request and add it again.
 */
export function createRouter(
  endpoints: readonly Endpoint[],
  authenticate: Authenticate,
  bodies: BodyReader,
  onAnswer: OnAnswer = () => undefined,
  tracing?: Tracing,
): Router {
  const router = Router({ caseSensitive: true, strict: false });
  const byPath = [...groupByPath(endpoints)];
  const sendStream = createStreamSender();
  for (const [path, atPath] of byPath) {
    const template = `/api/v1${path}`;
    const route = router.route(template);
    const reader = atPath.find(({ method }) => method === "get");
    for (const endpoint of atPath) {
      const answer = handlerOf({ endpoint, reader }, authenticate, bodies, sendStream);
      const method = endpoint.method.toUpperCase();
      route[endpoint.method](measured(answer, onAnswer, { method, route: template }, tracing));
    }
  }
  // After all endpoints: an address such as `/stock/adjustments` is also that of an item with this SKU.
  for (const [path, atPath] of byPath) {
    const allow = atPath.map(({ method }) => method.toUpperCase()).join(", ");
    const template = `/api/v1${path}`;
    const refuse = async (request: Request): Promise<void> => {
      if ((await authenticate(request)) === null) throw unauthenticated();
      throw new Problem("method-not-allowed", `Expected ${allow}; got ${request.method}.`, {
        headers: { Allow: allow },
      });
    };
    router.route(template).all(measured(refuse, onAnswer, { method: "other", route: template }));
  }
  return router;
}

/** Answers an unknown address below `/api/v1`: with a 404 problem to authenticated callers, with a 401 to others. */
export function noSuchAddress(authenticate: Authenticate): RequestHandler {
  return async (request) => {
    if ((await authenticate(request)) === null) throw unauthenticated();
    throw new Problem(
      "not-found",
      `There is no ${request.baseUrl}${request.path}. See /docs for what there is.`,
    );
  };
}

function groupByPath(endpoints: readonly Endpoint[]): Map<string, Endpoint[]> {
  const groups = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    groups.set(endpoint.path, [...(groups.get(endpoint.path) ?? []), endpoint]);
  }
  return groups;
}

/**
 * Authenticates by the headers alone, so that the body of a stranger is never read. `reader` is the GET endpoint of the
 * same path.
 */
function handlerOf(
  { endpoint, reader }: { readonly endpoint: Endpoint; readonly reader: Endpoint | undefined },
  authenticate: Authenticate,
  bodies: BodyReader,
  sendStream: SendStream,
): (request: Request, response: Response) => Promise<void> {
  const bytesMax = endpoint.bodyBytesMax ?? bodyBytesMax;
  const within = endpoint.method === "get" ? asItIs : withItsId;
  return async (request, response) => {
    const actor = await authenticate(request);
    if (actor === null) throw unauthenticated();
    noteActor(response, actor);
    if (!isPermitted(endpoint, actor)) {
      throw permissionDenied(actor, endpoint.permission);
    }
    try {
      const reply = await bodies.withBody({ request, response }, jsonBody, bytesMax, (body) =>
        within({ request, response, actor }, () =>
          endpoint.call({
            path: request.params,
            // Express parses the query at each access, even if there is none.
            query: request.url.includes("?") ? request.query : {},
            body,
            actor,
            header: (name) => request.get(name),
            preferred: (types) => preferredType(request, types),
            origin: () => originOf(request),
            gone: () => goneOf(response),
          }),
        ),
      );
      const headers: Record<string, string | number> = {
        ...plainHeaders,
        [requestIdHeader]: requestIdOf(request, response),
        ...reply.headers,
      };
      addRateLimit(response, headers);
      if (reply.stream === undefined) send(response, reply, headers);
      else {
        await sendStream(response, { ...reply, headers }, reply.stream);
      }
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.kind !== "stale-version") throw error;
      throw staleVersion(error.refusal.of, await readCurrent(reader, request.params, actor));
    }
  };
}

type Within = <T>(
  call: { readonly request: Request; readonly response: Response; readonly actor: Actor },
  work: () => T,
) => T;

/** A read writes nothing that would keep the id or the actor. */
const asItIs: Within = (_call, work) => work();

const withItsId: Within = ({ request, response, actor }, work) =>
  withinRequest(requestIdOf(request, response), actor, work, traceOf(response));

function preferredType<T extends string>(request: Request, types: readonly [T, ...T[]]): T {
  const accepted = request.accepts([...types]);
  return types.find((type) => type === accepted) ?? types[0];
}

function goneOf(response: Response): AbortSignal {
  const gone = new AbortController();
  if (response.closed) gone.abort();
  else response.once("close", () => gone.abort());
  return gone.signal;
}

function isPermitted(
  { permission, orPermissions = [] }: Endpoint,
  { permissions }: Actor,
): boolean {
  return [permission, ...orPermissions].some((each) => permissions.has(each));
}

/**
 * Reads a resource that is not in the expected version, for the `current` of the problem: what a GET of its address
 * replies now, or null if there is none.
 */
async function readCurrent(
  reader: Endpoint | undefined,
  path: Request["params"],
  actor: Actor,
): Promise<unknown> {
  const call = {
    path,
    query: {},
    body: undefined,
    actor,
    header: () => undefined,
    preferred: <T extends string>([usual]: readonly [T, ...T[]]) => usual,
    origin: () => "",
    gone: () => new AbortController().signal,
  };
  try {
    return (await reader?.call(call))?.body ?? null;
  } catch (error) {
    if (error instanceof Refused || error instanceof Problem) return null;
    throw error;
  }
}

function unauthenticated(): Problem {
  return new Problem(
    "unauthenticated",
    "Expected a valid API key as `Authorization: Bearer <key>`, or a login at /admin/login; got neither.",
    { headers: { "WWW-Authenticate": 'Bearer realm="tallyman"' } },
  );
}

/**
 * Sends a reply with Node's own functions. Express would answer 304 if the ETag is equal, although a count of the
 * resource may have changed. To write all headers at once costs less time than to set them one by one.
 */
function send(
  response: Response,
  { status, body, text }: Reply,
  headers: Record<string, string | number>,
): void {
  const content = body === undefined ? (text ?? "") : JSON.stringify(body);
  if (body !== undefined) headers["Content-Type"] = "application/json; charset=utf-8";
  if (status !== 204) headers["Content-Length"] = Buffer.byteLength(content);
  response.writeHead(status, headers).end(content);
}
