// The operations as the OpenAPI document describes them.

import type { NamedEndpoint } from "../http/endpoint.ts";

/** The description of an operation. */
export type Described = Pick<
  NamedEndpoint,
  "operationId" | "method" | "path" | "tag" | "summary" | "replies"
> &
  Partial<
    Pick<
      NamedEndpoint,
      | "headers"
      | "description"
      | "permission"
      | "orPermissions"
      | "bodySchema"
      | "pathSchema"
      | "querySchema"
    >
  > & { readonly opensWith?: "session" | "nothing" };

/** An operation that needs no permission: it is open to every session, or to everybody. */
export type SelfServedOperation = Omit<Described, "permission"> &
  Required<Pick<Described, "opensWith">>;
