// An endpoint as a value: address, permission, schemas and handler. The router, the validation, the permission check
// and the OpenAPI document all use this one description.

import * as z from "zod";
import type { ProblemKind } from "../../contract/problem.ts";
import type { Permission } from "../../domain/access/permissions.ts";
import type { Actor } from "../auth/actor.ts";
import { parsePart } from "./validate.ts";

/**
 * An endpoint's reply. `body` is sent as JSON; `text` is sent as it is, and `stream` piece by piece as fast as the client
 * reads. Both need a Content-Type header.
 */
export type Reply = {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly stream?: AsyncGenerator<string, void, undefined>;
  readonly streamLimits?: StreamLimits;
  readonly headers?: Readonly<Record<string, string>>;
};

/** When a stream is cut although more would come: the client sees that it is not complete. */
export type StreamLimits = {
  /** After so many milliseconds. */
  readonly longestMs: number;
  /** When this is aborted. */
  readonly cut: AbortSignal;
};

/** A request before validation. */
type RawCall = {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly actor: Actor;
  /** The value of a request header, by its lower-case name. */
  readonly header: (name: string) => string | undefined;
  /**
   * The one of these content types that the client prefers by its `Accept` header. The first of them if it says nothing
   * or does not accept any: a client that names no form of the API gets the usual one, as with other services.
   */
  readonly preferred: <T extends string>(types: readonly [T, ...T[]]) => T;
  /** Where the request comes from: the client's address, or its network's in IPv6. */
  readonly origin: () => string;
  /** Is aborted when the client has gone away, or the reply was sent. */
  readonly gone: () => AbortSignal;
};

/** A request after validation, as a handler gets it. */
export type Call<Path, Query, Body> = Omit<RawCall, "path" | "query" | "body"> & {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
};

/**
 * A documented reply: its meaning and, if it has a body, its schema or, if it is no JSON, its content type. A refusal has
 * the kinds of its problems instead, if they are not those that are usual for its status.
 */
export type DocumentedReply = {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** The content type of a text, without parameters; or that of another form beside JSON, for clients that accept it. */
  readonly contentType?: string;
  readonly problems?: readonly ProblemKind[];
};

/** A request header that an endpoint can read. Headers of every request, such as X-Request-Id, are not among them. */
export type HeaderName = "prefer" | "idempotency-key" | "if-match" | "if-none-match";

type EndpointAddress = {
  readonly method: "get" | "put" | "post" | "patch" | "delete";
  /** Below `/api/v1`, with `:name` for path parameters. */
  readonly path: string;
  readonly permission: Permission;
  /** Other permissions of which each allows it, too. */
  readonly orPermissions?: readonly Permission[];
  /** The headers that it reads, for the documentation. */
  readonly headers?: readonly HeaderName[];
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly replies: Readonly<Record<number, DocumentedReply>>;
  /** The largest body that is read, in bytes, if it is not the default. */
  readonly bodyBytesMax?: number;
};

/** An endpoint as the router and the OpenAPI document use it. */
export type Endpoint = EndpointAddress & {
  readonly pathSchema: z.ZodType;
  readonly querySchema: z.ZodType;
  readonly bodySchema: z.ZodType;
  /** Validates a request and handles it. Throws a `Problem` or `Refused` if the request is refused. */
  readonly call: (raw: RawCall) => Promise<Reply>;
};

/** An endpoint with its name in the OpenAPI document, which generated clients call it by. */
export type NamedEndpoint = Endpoint & { readonly operationId: string };

/** The header of a reply whose form follows from `Accept`. */
export const varying = { Vary: "Accept" } as const;

/** The schema of a part of a request that must be absent or empty. */
export const nothing = z.strictObject({}).optional();

type EndpointSpec<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
> = EndpointAddress & {
  readonly pathSchema?: Path;
  readonly querySchema?: Query;
  readonly bodySchema?: Body;
  handle(call: Call<z.output<Path>, z.output<Query>, z.output<Body>>): Promise<Reply>;
};

/** Describes one endpoint. A part of the request without a schema must be empty. */
export function endpoint<
  Path extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof nothing,
>(spec: EndpointSpec<Path, Query, Body>): Endpoint;
export function endpoint(spec: EndpointSpec<z.ZodType, z.ZodType, z.ZodType>): Endpoint {
  const { pathSchema = nothing, querySchema = nothing, bodySchema = nothing, ...address } = spec;
  return {
    ...address,
    pathSchema,
    querySchema,
    bodySchema,
    call: ({ path, query, body, ...rest }) =>
      spec.handle({
        path: parsePart(pathSchema, path, "path"),
        query: parsePart(querySchema, query, "query"),
        body: parsePart(bodySchema, body, "body"),
        ...rest,
      }),
  };
}
