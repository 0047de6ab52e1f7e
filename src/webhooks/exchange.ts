// One HTTP request and its reply, for a server that nobody trusts. Whatever it does ends when the signal says so: slow
// heads, slow or endless bodies, silence.

import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as requestByHttp,
} from "node:http";
import { Agent as HttpsAgent, request as requestByHttps } from "node:https";
import { shortLine } from "../domain/one-line.ts";
import { type AddressGuard, AddressRefusedError } from "./address-guard.ts";

/** What is posted. */
export type Outgoing = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What came back. */
export type Reply = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** The beginning of the body, on one line. */
  readonly answer: string;
};

/** Posts, and resolves with the reply as soon as its body has ended or is too long. Rejects if no reply begins. */
export type Exchange = (outgoing: Outgoing, signal: AbortSignal) => Promise<Reply>;

/** More of a body than this is not read: the connection is closed. The status is what counts. */
const bodyBytesMax = 64 * 1_024;
const answerCharactersMax = 200;
/** As many bytes as the longest answer can have, with room for blanks that become one. */
const answerBytesMax = 2_048;

/** An unused connection is closed after this time, often before the server closes it and a request is lost. */
const idleMs = 10_000;

/** The connection ended without a reply. */
export class NoReplyError extends Error {
  override readonly name = "NoReplyError";
}

/** Creates an exchange that keeps connections open for the next message. `close` closes them all. */
export function createExchange(guard: AddressGuard): {
  readonly exchange: Exchange;
  close(): void;
} {
  // Agents of our own also ignore the proxies that NODE_USE_ENV_PROXY makes Node's global ones use.
  const agents = {
    http: new HttpAgent({ keepAlive: true, timeout: idleMs }),
    https: new HttpsAgent({ keepAlive: true, timeout: idleMs }),
  };
  const lookups = { http: guard.lookupFor("http"), https: guard.lookupFor("https") };

  const begin = ({ url, headers }: Outgoing, isFresh: boolean, signal: AbortSignal) => {
    const shared = {
      method: "POST",
      // Not the URL itself: Node would take a user and password from it.
      hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port,
      path: `${url.pathname}${url.search}`,
      headers,
      signal,
    };
    return url.protocol === "https:"
      ? requestByHttps({
          ...shared,
          lookup: lookups.https,
          agent: isFresh ? false : agents.https,
          // Said here, no variable of the environment can switch it off.
          rejectUnauthorized: true,
          minVersion: "TLSv1.2",
        })
      : requestByHttp({ ...shared, lookup: lookups.http, agent: isFresh ? false : agents.http });
  };

  const exchange = async (
    outgoing: Outgoing,
    signal: AbortSignal,
    isFresh = false,
  ): Promise<Reply> => {
    const refusal = guard.literalRefusal(outgoing.url);
    if (refusal !== null) throw new AddressRefusedError(refusal);
    const request = begin(outgoing, isFresh, signal);
    try {
      return await replyTo(request, outgoing.body);
    } catch (error) {
      // The server closed an unused connection while it was taken for this message: that says nothing about the endpoint.
      // Receivers tell a repetition by the id, if it did arrive.
      const mayRepeat = request.reusedSocket && !isFresh && !signal.aborted;
      if (mayRepeat && isClosed(error)) return exchange(outgoing, signal, true);
      throw error;
    }
  };

  return {
    exchange: (outgoing, signal) => exchange(outgoing, signal),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function isClosed(error: unknown): boolean {
  if (error instanceof NoReplyError) return true;
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ECONNRESET" || code === "EPIPE";
}

function replyTo(request: ClientRequest, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    // Once a reply has begun, its status counts, however its body ends.
    let hasBegun = false;
    request.on("response", (response) => {
      hasBegun = true;
      const { statusCode: status = 0, headers } = response;
      const retryAfter = headers["retry-after"];
      readAnswer(response, (answer) => resolve({ status, retryAfter, answer }));
    });
    request.on("error", (error) => {
      if (!hasBegun) reject(error);
    });
    request.on("close", () => {
      if (!hasBegun) reject(new NoReplyError("The connection ended without a reply."));
    });
    request.end(body);
  });
}

/** Reads the body to its end, or until it is too long. Then it calls back, once, with how the body begins. */
function readAnswer(response: IncomingMessage, done: (answer: string) => void): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  response.on("data", (part: Buffer) => {
    if (bytes < answerBytesMax) parts.push(part.subarray(0, answerBytesMax - bytes));
    bytes += part.length;
    if (bytes > bodyBytesMax) response.destroy();
  });
  response.on("error", () => undefined);
  response.on("close", () => {
    const isText = (response.headers["content-encoding"] ?? "identity") === "identity";
    // A character that is cut at the end is left out.
    const text = new TextDecoder().decode(Buffer.concat(parts), { stream: true });
    done(isText ? shortLine(text, answerCharactersMax) : "");
  });
}
