// Reads the bodies of requests. Whoever calls it has checked who asks: if a request is refused by its head, nothing
// of its body is read. What is read is bounded: each body by the limit of its address, all together by that of the
// process.

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

/** A kind of body: what it must say that it is, and how it is read. */
export type BodyFormat = {
  readonly contentType: string;
  readonly parse: (bytes: Buffer, share?: BodyShare) => unknown;
};

/** Reads bodies of one process. */
export type BodyReader = {
  /**
   * Settles as `use` does with the parsed body, or undefined if there is none. Until then the body counts as in
   * work. Throws a problem if the body is too large, of another kind, or can't be read.
   */
  withBody<T>(
    exchange: { readonly request: Request; readonly response: Response },
    format: BodyFormat,
    bytesMax: number,
    use: (body: unknown) => Promise<T>,
  ): Promise<T>;
};

/** A body of JSON. */
export const jsonBody: BodyFormat = { contentType: "application/json", parse: parseJson };

/** What a browser's form sends. */
export const formBody: BodyFormat = {
  contentType: "application/x-www-form-urlencoded",
  parse: parseForm,
};

/** The memory for bodies that are in work in one process, in bytes. */
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

/** Whether a client waits to be told that its body is wanted. */
export function expectsContinue({ headers }: Pick<Request, "headers">): boolean {
  return headers.expect !== undefined && /^100-continue$/i.test(headers.expect);
}

function hasBody({ headers }: Request): boolean {
  const length = headers["content-length"];
  return length === undefined ? headers["transfer-encoding"] !== undefined : length !== "0";
}

/** Refuses what its head shows to be of another kind, or too large. */
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

/** A body of another kind is not silently treated as none, and only UTF-8 is read. */
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

/** The body, if it is short and all of it came with the head, as an order's does. Reading it so costs no promise. */
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
      // The rest goes on flowing, and is thrown away: a client that is still sending must get its answer.
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

/** Takes the room for the most that a body may become before it becomes that. */
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

/** Fields of a form. */
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
