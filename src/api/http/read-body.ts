// Reads the bodies of requests. Callers authenticate the request first, so that nothing of a stranger's body is read.
// Two limits apply: that of the endpoint to each body, and that of the process to all bodies together.

import { parse } from "node:querystring";
import type { Request, Response } from "express";
import {
  type BodiesInWork,
  type BodyShare,
  createBodiesInWork,
  smallBodyBytes,
} from "./bodies-in-work.ts";
import { decompressorOf, inflatedBytesMax, inflateWithin } from "./inflate.ts";
import { parseJson } from "./parse-json.ts";
import { Problem } from "./problem.ts";

/** A kind of body: its content type and its parser. */
export type BodyFormat = {
  readonly contentType: string;
  readonly parse: (bytes: Buffer, share?: BodyShare) => unknown;
};

/** Reads the bodies of one process. */
export type BodyReader = {
  /**
   * Calls `use` with the parsed body, or with undefined if there is none, and settles as it does. Until then the body
   * counts against the process's limit. Rejects with a problem if the body is too large, of another kind or invalid.
   */
  withBody<T>(
    exchange: { readonly request: Request; readonly response: Response },
    format: BodyFormat,
    bytesMax: number,
    use: (body: unknown) => Promise<T>,
  ): Promise<T>;
};

/** JSON bodies. */
export const jsonBody: BodyFormat = { contentType: "application/json", parse: parseJson };

/** Bodies of HTML forms. */
export const formBody: BodyFormat = {
  contentType: "application/x-www-form-urlencoded",
  parse: parseForm,
};

/** The process's limit for bodies of requests that are not answered yet, in bytes. */
const inWorkBytesMax = 64_000_000;

/** Creates the reader of one process. */
export function createBodyReader(
  inWork: BodiesInWork = createBodiesInWork(inWorkBytesMax),
): BodyReader {
  return {
    withBody({ request, response }, format, bytesMax, use) {
      if (!hasBody(request)) return use(undefined);
      refuseByHead(request, format, bytesMax);
      const bytes = bytesAtHand(request);
      if (bytes !== undefined) {
        if (bytes.length > bytesMax) throw tooLarge(bytesMax);
        return use(format.parse(bytes));
      }
      return readThenUse();

      async function readThenUse() {
        const share = inWork.open();
        try {
          if (expectsContinue(request)) response.writeContinue();
          const read = await readBytes(request, bytesMax, share);
          const plain = await decompress(request, read, bytesMax, share);
          return await use(format.parse(plain, share));
        } finally {
          share.end();
        }
      }
    },
  };
}

/** Whether a client waits for `100 Continue` before it sends its body. */
export function expectsContinue({ headers }: Pick<Request, "headers">): boolean {
  return headers.expect !== undefined && /^100-continue$/i.test(headers.expect);
}

function hasBody({ headers }: Request): boolean {
  const length = headers["content-length"];
  return length === undefined ? headers["transfer-encoding"] !== undefined : length !== "0";
}

/** Refuses a body of another kind, or one that is too large, by its headers. */
function refuseByHead({ headers }: Request, { contentType }: BodyFormat, bytesMax: number): void {
  const length = headers["content-length"];
  const type = headers["content-type"];
  if (type !== contentType) refuseOtherType(type, contentType);
  if (decompressorOf(encodingOf(headers)) === undefined && encodingOf(headers) !== "identity") {
    throw new Problem(
      "unsupported-media-type",
      "Expected gzip, deflate, br, zstd or no content encoding.",
    );
  }
  if (length !== undefined && Number(length) > bytesMax) throw tooLarge(bytesMax);
}

/** Refuses other content types, so that such a body is not silently ignored, and other charsets than UTF-8. */
function refuseOtherType(came: string | undefined, expected: string): void {
  const [type = "", ...parameters] = (came ?? "").split(";");
  if (type.trim().toLowerCase() !== expected) {
    throw new Problem(
      "unsupported-media-type",
      `Expected Content-Type: ${expected}; got ${came?.slice(0, 100) ?? "no content type"}.`,
    );
  }
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter)?.[1];
    if (charset === undefined || charset.toLowerCase() === "utf-8") continue;
    throw new Problem(
      "unsupported-media-type",
      `Expected the charset UTF-8; got ${charset.slice(0, 60)}.`,
    );
  }
}

function encodingOf(headers: Request["headers"]): string {
  return headers["content-encoding"]?.toLowerCase() ?? "identity";
}

/** The body if all of it arrived with the headers, as an order's does; then reading it needs no promise. */
function bytesAtHand(request: Request): Buffer | undefined {
  if (!request.complete || request.readableLength > smallBodyBytes) return undefined;
  if (request.headers["content-encoding"] !== undefined) return undefined;
  const chunk: unknown = request.read();
  return Buffer.isBuffer(chunk) ? chunk : Buffer.alloc(0);
}

function readBytes(request: Request, bytesMax: number, share: BodyShare): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let length = 0;
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    try {
      if (length > bytesMax) throw tooLarge(bytesMax);
      share.add(chunk.length);
      chunks.push(chunk);
    } catch (error) {
      // The rest is still read, and discarded: a client that is still sending must be able to read the reply.
      request.off("data", onData);
      chunks.length = 0;
      reject(error);
    }
  };
  const onGone = (): void => {
    reject(new Problem("invalid-request", "The request ended before its body did."));
  };
  if (request.destroyed) onGone();
  request.on("data", onData);
  request.once("end", () => resolve(Buffer.concat(chunks, length)));
  request.once("error", onGone);
  request.once("close", onGone);
  return promise;
}

/** Reserves the memory for the largest possible result before it decompresses a body. */
async function decompress(
  { headers }: Request,
  bytes: Buffer,
  bytesMax: number,
  share: BodyShare,
): Promise<Buffer> {
  const decompressor = decompressorOf(encodingOf(headers));
  if (decompressor === undefined || bytes.length === 0) return bytes;
  const reserved = inflatedBytesMax(bytes.length, bytesMax);
  share.add(reserved);
  const plain = await inflateWithin(decompressor, bytes, reserved);
  share.add(plain.length - reserved);
  return plain;
}

/** The most fields of a form. */
const formFieldsMax = 10;

function parseForm(bytes: Buffer): unknown {
  const form = parse(bytes.toString(), "&", "=", { maxKeys: formFieldsMax + 1 });
  if (Object.keys(form).length <= formFieldsMax) return form;
  throw new Problem("too-large", `Expected a form of at most ${formFieldsMax} fields.`);
}

function tooLarge(bytesMax: number): Problem {
  const size = bytesMax < 1_000_000 ? `${bytesMax / 1_000} kB` : `${bytesMax / 1_000_000} MB`;
  return new Problem(
    "too-large",
    `Expected a body of at most ${size}; this one is larger. Send it in parts.`,
  );
}
