// What an example of the OpenAPI document is. A test sends each one to the service, in the order of their list, on the
// demo's store.

/** The id that the reply of an earlier example has. */
export type IdOf = { readonly idOf: readonly [operationId: string, example: string] };

/** A request that is answered with `status`. The reply to it is recorded in replies.json. */
export type RequestExample = {
  /** What it shows, in a few words. */
  readonly summary: string;
  /** The parameters of the path. */
  readonly path?: Readonly<Record<string, string | IdOf>>;
  /** The query, with its question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status: number;
};

/** The examples of operations, by their operationId and their own names. */
export type Examples = Readonly<Record<string, Readonly<Record<string, RequestExample>>>>;
