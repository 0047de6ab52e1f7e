// Whether an address of a store can be used. A password with a letter that means something in an address leads to
// another host, in silence: what stands behind the letter is not read as password any more. The signs of that are
// refused here, at start, and nothing of the address is repeated, for it may hold the password.

/** A kind of address: what it begins with, how it looks, and what its path may be. */
export type AddressKind = {
  readonly protocols: readonly string[];
  readonly example: string;
  /** Whether a path, without its first slash, can be meant. */
  readonly isPath: (path: string) => boolean;
  /** What a path that can't be meant should have been. */
  readonly pathExpected: string;
  readonly needsHost?: boolean;
};

export const postgresAddress: AddressKind = {
  protocols: ["postgres:", "postgresql:"],
  example: "postgres://user:password@host:5432/database",
  isPath: (path) => path !== "" && !path.includes("@"),
  pathExpected: "the name of a database after the host, as in",
};

export const redisAddress: AddressKind = {
  protocols: ["redis:", "rediss:"],
  example: "redis://user:password@host:6379/0",
  isPath: (path) => /^\d*$/.test(path),
  pathExpected: "nothing or a database's number after the host, as in",
};

export const smtpAddress: AddressKind = {
  protocols: ["smtp:", "smtps:"],
  example: "smtp://user:password@host:587",
  isPath: (path) => path === "",
  pathExpected: "nothing after the host, as in",
  needsHost: true,
};

const encode =
  "In a password, percent-encode @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25";

/** What is wrong with an address, beginning with what was expected; undefined if it can be used. */
export function addressProblem(address: string, kind: AddressKind): string | undefined {
  const { example } = kind;
  const parts = /^([a-z]+:)\/\/([^/?#]*)\/?([^?#]*)\??([^#]*)(#?)/i.exec(address);
  const [, protocol = "", authority = "", path = "", query = "", hash = ""] = parts ?? [];
  if (!kind.protocols.includes(protocol.toLowerCase())) {
    return `expected an address that begins with ${kind.protocols.map((name) => `${name}//`).join(" or ")}`;
  }
  if (!isDecodable(address)) {
    return `expected two hexadecimal digits of an encoded letter after each %. ${encode}`;
  }
  if (hash !== "") return `expected no # in ${example}. ${encode}`;
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host.includes(",")) return `expected one host in ${example}`;
  if (kind.needsHost === true && host === "") return `expected a host in ${example}. ${encode}`;
  // What belongs to a password and stands behind a raw / or ? ends with the @ before the host.
  if (!kind.isPath(path) || /^[^=&]*@/.test(query)) {
    return `expected ${kind.pathExpected} ${example}. ${encode}`;
  }
  // An address without a host, but with a login, is one of a socket.
  if (!URL.canParse(host === "" ? address.replace(authority, "") : address)) {
    return `expected an address such as ${example}. ${encode}`;
  }
  return undefined;
}

/** Whether each % in a text begins the code of a letter. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
