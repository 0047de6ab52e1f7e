// Says in a sentence why an endpoint did not take a message. People who manage webhooks read it, so it has no address and
// no secret in it, and of Node's own messages nothing but codes.

import { AddressRefusedError } from "./address-guard.ts";
import { NoReplyError } from "./exchange.ts";

/** The endpoint did not answer in time. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";

  constructor(limitMs: number) {
    super(`The endpoint did not answer within ${limitMs / 1_000} s.`);
  }
}

/** Whoever sends has stopped. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";

  constructor() {
    super("The attempt was broken off, because Tallyman stops or the webhook has changed.");
  }
}

/** The sentence for a reply with this status; null if it is one of success. */
export function statusFailure(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status === 410) return "The endpoint answered 410: it wants no more messages.";
  if (status >= 300 && status < 400) {
    return `The endpoint answered ${status}, which leads elsewhere. Redirects are not followed: give the address that it leads to.`;
  }
  return `The endpoint answered ${status}; expected a status from 200 to 299.`;
}

/** The sentence for an exchange that failed with `error` before there was a status. */
export function exchangeFailure(error: unknown, host: string): string {
  const isSentence = [AddressRefusedError, TimeLimitError, StoppedError].some(
    (kind) => error instanceof kind,
  );
  if (isSentence && error instanceof Error) return error.message;
  if (error instanceof NoReplyError) return closed;
  const code = codeOf(error);
  return sentences.find(([codes]) => codes.test(code))?.[1](host, code) ?? unknown(host, code);
}

const closed = "The endpoint closed the connection without an answer.";

const unknown = (host: string, code: string): string =>
  `The connection to ${host} failed${code === "" ? "" : ` (${code})`}.`;

type Sentence = (host: string, code: string) => string;

/** What codes of Node mean. The first that matches counts. */
const sentences: readonly (readonly [codes: RegExp, sentence: Sentence])[] = [
  [/^(ECONNRESET|EPIPE)$/, () => closed],
  [/^ENOTFOUND$/, (host) => `Expected a host that can be found; ${host} has no address.`],
  [/^EAI_/, (host) => `The address of ${host} can't be looked up at the moment.`],
  [/^ECONNREFUSED$/, (host) => `${host} refused the connection. Is its program running?`],
  [
    /^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EADDRNOTAVAIL)$/,
    (host) => `${host} can't be reached from here.`,
  ],
  [/^HPE_/, (host) => `${host} did not answer by HTTP.`],
  [
    /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/,
    (host) => `The certificate is for another name than ${host}.`,
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    (host) => `The certificate of ${host} is not valid at this time.`,
  ],
  [
    /SELF_SIGNED|UNABLE_TO_|^CERT_UNTRUSTED$|^INVALID_CA$|^CERT_/,
    (host) => `The certificate of ${host} is not signed by a trusted authority.`,
  ],
  [
    /^(EPROTO|ERR_SSL_)/,
    (host, code) =>
      `There is no secure connection to ${host}; does it have TLS at this port? (${code})`,
  ],
];

/** The code of an error of Node. For several connections that were tried it is the last one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && !("code" in error)) return codeOf(error.errors.at(-1));
  const code = error instanceof Error && "code" in error ? error.code : "";
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "";
}
