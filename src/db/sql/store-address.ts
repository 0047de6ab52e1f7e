// Checks the addresses of PostgreSQL, Redis and the mail server. If a password has a character with a meaning in an
// address, such as @ or /, the address silently leads to another host. Addresses that look like this are refused at
// start. Messages never repeat the address, because it may contain the password.

/** A kind of address: its protocols, an example, and what its path may be. */
export type AddressKind = {
  readonly protocols: readonly string[];
  readonly example: string;
  /** Whether the path, without its first slash, can be intended. */
  readonly isPath: (path: string) => boolean;
  /** What was expected instead of a path that can't be intended. */
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

/** What is wrong with an address, as a sentence that begins with what was expected; undefined if nothing is. */
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
  // If a password has a raw / or ?, its rest is read as path or query, up to the @ before the host.
  if (!kind.isPath(path) || /^[^=&]*@/.test(query)) {
    return `expected ${kind.pathExpected} ${example}. ${encode}`;
  }
  // An address with a login but without a host is that of a socket.
  if (!URL.canParse(host === "" ? address.replace(authority, "") : address)) {
    return `expected an address such as ${example}. ${encode}`;
  }
  return undefined;
}

/** Whether each % in a text begins a valid percent-code. */
export function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
